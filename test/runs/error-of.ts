import { ScalingLawsError } from '../../src/errors.ts';

/** The ScalingLawsError that `call` throws. */
export function errorOf(call: () => unknown): ScalingLawsError {
  try {
    call();
  } catch (error) {
    if (error instanceof ScalingLawsError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
