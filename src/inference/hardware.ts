/** GPUs by name: dense peak FLOP/s and the rental price that Sardana et al. 2024 assume. */

import { AllocationError } from '../errors.ts';
import { deepFreeze } from '../freeze.ts';

/** Number formats with a peak of their own. */
export type Dtype = 'bf16' | 'fp8' | 'int8';

/** What a GPU can do and costs. */
export interface Gpu {
  readonly name: string;
  /** Dense (not sparse) peak, FLOP/s, by number format. */
  readonly peakFlops: Readonly<Partial<Record<Dtype, number>>>;
  /** Rental, $ per GPU-hour. */
  readonly pricePerHour: number;
  readonly source: string;
}

const SHEETS = "NVIDIA's data sheets, dense figures; price from Sardana et al. 2024, arXiv:2401.00448, and its code";

/** GPUs that the dollar form of the paper uses. Extend by handing in a {@link Gpu} of your own. */
export const gpus: { readonly [Name in 'A100-40' | 'A100-80' | 'H100']: Gpu } = deepFreeze({
  'A100-40': { name: 'A100-40', peakFlops: { bf16: 312e12, int8: 624e12 }, pricePerHour: 1.1, source: SHEETS },
  'A100-80': { name: 'A100-80', peakFlops: { bf16: 312e12, int8: 624e12 }, pricePerHour: 1.5, source: SHEETS },
  H100: { name: 'H100', peakFlops: { bf16: 989e12, fp8: 1979e12, int8: 1979e12 }, pricePerHour: 2, source: SHEETS },
});

/** Name of a GPU in {@link gpus}. */
export type GpuName = keyof typeof gpus;

/**
 * The GPU called `gpu`, or `gpu` itself.
 *
 * @throws {AllocationError} `E_HARDWARE_UNKNOWN`, with the names there are.
 */
export function gpuNamed(gpu: string | Gpu): Gpu {
  if (typeof gpu !== 'string') return gpu;
  if (Object.hasOwn(gpus, gpu)) return gpus[gpu as GpuName];
  throw new AllocationError('E_HARDWARE_UNKNOWN', `gpu must be one of ${Object.keys(gpus).join(', ')}, got ${gpu}`, {
    gpu,
    known: Object.keys(gpus),
  });
}
