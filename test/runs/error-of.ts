import { RunsError } from '../../src/errors.ts';

/** The RunsError that `call` throws. */
export function errorOf(call: () => unknown): RunsError {
  try {
    call();
  } catch (error) {
    if (error instanceof RunsError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
