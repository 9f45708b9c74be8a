/** The process boundary: arguments, standard streams and the exit code of `scaling-laws`, and nothing else. */

import { buffer } from 'node:stream/consumers';
import { run } from './program.ts';

// A reader that has seen enough (`| head`) is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

process.exitCode = await run(process.argv.slice(2), {
  stdout: (output) => void process.stdout.write(output),
  stderr: (output) => void process.stderr.write(output),
  stdin: () => buffer(process.stdin),
  isTerminal: process.stderr.isTTY === true,
  columns: process.stdout.columns,
  onInterrupt(stop) {
    process.once('SIGINT', stop);
    return () => void process.off('SIGINT', stop);
  },
});
