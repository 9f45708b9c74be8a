import { expect, it } from 'vitest';
import { gpuNamed, gpus } from '../../src/inference/hardware.ts';

it('holds the dense peaks of the data sheets, TFLOP/s', () => {
  expect(gpus['A100-40'].peakFlops).toEqual({ bf16: 312e12, int8: 624e12 });
  expect(gpus['A100-80'].peakFlops).toEqual({ bf16: 312e12, int8: 624e12 });
  expect(gpus.H100.peakFlops).toEqual({ bf16: 989e12, fp8: 1979e12, int8: 1979e12 });
});

it('holds the prices of Sardana et al., $ per GPU-hour', () => {
  expect(Object.values(gpus).map(({ pricePerHour }) => pricePerHour)).toEqual([1.1, 1.5, 2]);
});

it('is frozen, and takes a GPU of the user as it is', () => {
  const own = { name: 'own', peakFlops: { bf16: 1e15 }, pricePerHour: 1, source: 'me' };
  expect(gpuNamed(own)).toBe(own);
  expect(gpuNamed('H100')).toBe(gpus.H100);
  expect(Object.isFrozen(gpus.H100.peakFlops)).toBe(true);
});
