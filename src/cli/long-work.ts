/** Long work: a progress bar where somebody watches, and Ctrl-C that ends it in good order. */

import { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { Io } from './io.ts';

/** What the long computations of the library take. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/**
 * Does `work` under a bar on stderr, if that is a terminal; nothing of the bar stays.
 *
 * @param what - Name of the work, left of the bar.
 * @throws What `work` throws; after Ctrl-C that is `E_ABORTED`.
 */
export async function longWork<T>(io: Io, what: string, work: (watch: Watch) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const forget = io.onInterrupt(() => interrupt.abort());
  const bar = io.isTerminal ? startBar(io, what) : undefined;
  try {
    return await work({ signal: interrupt.signal, onProgress: (done) => bar?.update(done) });
  } finally {
    bar?.stop();
    forget();
  }
}

function startBar(io: Io, what: string): SingleBar {
  const terminal = new Writable({
    write(chunk, _, done) {
      io.stderr(String(chunk));
      done();
    },
  });
  const bar = new SingleBar({
    stream: Object.assign(terminal, { isTTY: true }) as unknown as NodeJS.WritableStream,
    format: `${what} [{bar}] {percentage}%, {eta_formatted} left`,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(1, 0);
  return bar;
}
