/** Re-fits in a worker, with a bar and a stop. */

import { type Bootstrap, bootstrapAsync } from '../../src/index.ts';
import type { Page } from './page.ts';
import type { Session } from './session.ts';

/** Starts; what is returned stops, and does nothing once the work has ended. */
export function startBootstrap(
  { attempt, input, say, slot }: Page,
  { fit, runs }: Session,
  worker: Worker,
  onDone: (bootstrap: Bootstrap<string>) => void,
): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const bar = slot('progress') as HTMLProgressElement;
  const show = (busy: boolean, word: string): void => {
    const focused = document.activeElement === input(busy ? 'bootstrap' : 'stop');
    bar.hidden = input('stop').hidden = !busy;
    input('bootstrap').hidden = busy;
    if (focused) input(busy ? 'stop' : 'bootstrap').focus();
    say('bootstrap-status', word);
  };
  const end = (word: string): void => {
    controller.abort();
    worker.terminate();
    show(false, word);
  };
  const run = async (): Promise<void> => {
    const done = await bootstrapAsync(fit!, runs!, {
      replicates: Number(input('replicates').value),
      workers: [worker],
      signal,
      onProgress: (share) => {
        bar.value = share;
      },
    });
    if (signal.aborted) return;
    end(`${done.replicates} re-fits done.`);
    onDone(done);
  };
  attempt('bootstrap-error', () => show(true, ''));
  bar.value = 0;
  void run().catch((error: unknown) => {
    if (signal.aborted) return;
    end('');
    attempt('bootstrap-error', () => {
      throw error;
    });
  });
  return () => {
    if (!signal.aborted) end('Stopped.');
  };
}
