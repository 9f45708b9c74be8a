import { expect, it } from 'vitest';
import { powerLawAt } from '../../src/approaches/power-law.ts';
import { publishedAllocations } from '../../src/approaches/published-allocations.ts';
import { expectPrinted } from '../printed.ts';

it("DeepSeek's model and tokens multiply to the compute (DeepSeek-AI 2024, section 3.2)", () => {
  const { tokens, flopsPerToken } = publishedAllocations.deepseek2024;
  for (const C of [1e17, 1e20, 1e24]) {
    // 0.1715 x 5.8316 = 1.0001, 0.5243 + 0.4757 = 1.
    expect(Math.abs((powerLawAt(flopsPerToken!, C) * powerLawAt(tokens, C)) / C - 1)).toBeLessThan(1e-3);
  }
});

it("Llama 3's tokens at 3.8e25 FLOPs (Llama team 2024, section 3.2.1)", () => {
  expectPrinted(powerLawAt(publishedAllocations.llama2024Rounded.tokens, 3.8e25), '10.5T');
  expectPrinted(powerLawAt(publishedAllocations.llama2024.tokens, 3.8e25), '16.3T');
});
