/** Frontiers that authors published as plain power laws, without a law of the loss behind them. */

import { deepFreeze } from '../freeze.ts';
import type { PowerLaw } from './power-law.ts';

/** A published allocation rule. */
export interface PublishedAllocation {
  /** What it is, in a few words. */
  readonly description: string;
  /** Training tokens as a power of training FLOPs. */
  readonly tokens: PowerLaw;
  /** Non-embedding FLOPs per token, where the authors measure a model by those. */
  readonly flopsPerToken?: PowerLaw;
  readonly source: string;
}

/** Rules by name; evaluate them with `powerLawAt`. */
export const publishedAllocations: {
  readonly [Name in 'deepseek2024' | 'llama2024' | 'llama2024Rounded']: PublishedAllocation;
} = deepFreeze({
  deepseek2024: {
    description: 'DeepSeek LLM: model scale in FLOPs per token, C = M D',
    tokens: { prefactor: 5.8316, exponent: 0.4757 },
    flopsPerToken: { prefactor: 0.1715, exponent: 0.5243 },
    source: 'DeepSeek-AI 2024, arXiv:2401.02954, section 3.2 (constants quoted by third parties)',
  },
  llama2024: {
    description: 'Llama 3: approach 2, with the exponent that gives their 16.3T tokens at 3.8e25 FLOPs',
    tokens: { prefactor: 0.299, exponent: 0.537 },
    source: 'Llama team 2024, arXiv:2407.21783, section 3.2.1',
  },
  llama2024Rounded: {
    description: 'Llama 3: approach 2 as printed, which gives 10.5T tokens at 3.8e25 FLOPs: the rounding costs a third',
    tokens: { prefactor: 0.29, exponent: 0.53 },
    source: 'Llama team 2024, arXiv:2407.21783, section 3.2.1',
  },
});
