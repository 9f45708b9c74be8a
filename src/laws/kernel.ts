/** A law over the rows of one fit: by the kernel that it names or brings, else by the one that any law has. */

import { genericKernel } from './generic-kernel.ts';
import type { Kernel, KernelColumns, KernelOptions, Law } from './law.ts';
import { powerSumKernel } from './power-sum.ts';

/** The kernel of `law` over `columns`. */
export function kernelOf(law: Law, columns: KernelColumns, options: KernelOptions): Kernel {
  const { kernel = genericKernel } = law;
  return (kernel === 'power-sum' ? powerSumKernel : kernel)(columns, options, law);
}
