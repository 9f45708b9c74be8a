/** What training runs on. */

import { positive, share } from '../schema/fields.ts';
import { type Checked, type Given, object, optional } from '../schema/objects.ts';
import { DEFAULT_MFU } from './deployment.ts';
import { dtype, gpu, knownGpu, peakOf } from './hardware.ts';

/** What training runs on. */
export const training = object('training', {
  gpu: gpu({ help: 'GPU to train on.', flag: 'train-gpu' }),
  dtype: optional(dtype({ help: 'Number format in training.', flag: null }), 'bf16'),
  mfu: optional(
    share({ help: 'Sustained fraction of peak FLOP/s in training.', flag: 'train-mfu', placeholder: 'share' }),
    DEFAULT_MFU.training,
  ),
  pricePerHour: optional(
    positive('$', {
      help: 'Price of a GPU-hour of training.',
      otherwise: 'the price of the GPU',
      flag: 'train-gpu-price',
      placeholder: 'dollars',
    }),
  ),
});

/** What training runs on. */
export type TrainingHardware = Given<typeof training>;

/** FLOP/s that a GPU sustains in training: peak x mfu. @throws {ScalingLawsError} `E_ARGUMENT`, `E_HARDWARE_UNKNOWN`. */
export function sustainedRate({ gpu: named, dtype: format, mfu }: Checked<typeof training>): number {
  return peakOf('training.dtype', knownGpu(named, 'training.gpu'), format) * mfu;
}
