/** Long work: a progress bar where somebody watches, and Ctrl-C that ends it in good order. */

import { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { Fit } from '../fit/fit.ts';
import type { PoolOption } from '../node/workers.ts';
import type { Runs } from '../runs/runs.ts';
import type { Bootstrap, BootstrapOptions } from '../uncertainty/bootstrap.ts';
import { given } from './flags.ts';
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

/** Replicates of `fit`, as many and drawn as the flags say, under a bar. */
export async function redraw(
  fit: Fit<string>,
  runs: Runs,
  { workers, ...options }: BootstrapOptions & PoolOption,
  io: Io,
): Promise<Bootstrap<string>> {
  const { bootstrapParallel } = await import('../node.ts');
  return longWork(io, 'bootstrap', (watch) =>
    bootstrapParallel(fit, runs, { ...options, ...given({ workers }), ...watch }),
  );
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
