import { ScalingLawsError } from '../../src/errors.ts';

/** Class, code and message of the error that `call` throws on purpose. */
export function errorOf(call: () => unknown): { name: string; code: string; message: string } {
  try {
    call();
  } catch (error) {
    if (error instanceof ScalingLawsError) return { name: error.name, code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
}
