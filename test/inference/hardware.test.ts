import { describe, expect, it } from 'vitest';
import { type GpuName, gpus } from '../../src/inference/gpus.ts';
import { arithmeticOf, type Dtype, type Gpu, gpuNamed, peakOf } from '../../src/inference/hardware.ts';

/** NVIDIA's data sheets: dense TFLOP/s in bf16 and in fp8 or int8, GB, GB/s. */
const SHEET: readonly [GpuName, number, Dtype | undefined, number | undefined, number, number][] = [
  ['A100-40', 312, 'int8', 624, 40, 1555],
  ['A100-80', 312, 'int8', 624, 80, 2039],
  ['H100', 989, 'fp8', 1979, 80, 3350],
  ['H200', 989, 'fp8', 1979, 141, 4800],
  ['B200', 2250, 'fp8', 4500, 180, 7700],
  ['GB200', 2500, 'fp8', 5000, 186, 8000],
  ['B300', 2250, 'fp8', 4500, 288, 8000],
  ['L40S', 362, 'fp8', 733, 48, 864],
  ['A40', 149.7, 'int8', 299, 48, 696],
  ['A10', 125, 'int8', 250, 24, 600],
  ['L4', 121, 'fp8', 242, 24, 300],
  ['RTX-4090', 165, 'fp8', 330, 24, 1008],
  ['RTX-5090', 209.5, 'fp8', 419, 32, 1792],
  ['RTX-3090', 71, undefined, undefined, 24, 936],
];

it.each(SHEET)('%s: dense peaks, memory, bandwidth of its sheet', (name, bf16, dtype, peak, gigabytes, bandwidth) => {
  const gpu = gpus[name];
  expect(gpu.name).toBe(name);
  // The table is in TFLOP/s and GB: one rounding each.
  expect(gpu.peakFlops.bf16! / 1e12).toBeCloseTo(bf16, 9);
  if (dtype) expect(gpu.peakFlops[dtype]! / 1e12).toBeCloseTo(peak!, 9);
  expect(gpu.memoryBytes! / 1e9).toBeCloseTo(gigabytes, 9);
  expect(gpu.bandwidth! / 1e9).toBeCloseTo(bandwidth, 9);
});

it('has no GPU beyond the sheet', () => {
  expect(Object.keys(gpus)).toEqual(SHEET.map(([name]) => name));
});

it('holds the prices of Sardana et al., a quote for the H200, and no others, $ per GPU-hour', () => {
  const prices = Object.values(gpus).flatMap(({ name, pricePerHour }) => (pricePerHour ? [[name, pricePerHour]] : []));
  expect(prices).toEqual([
    ['A100-40', 1.1],
    ['A100-80', 1.5],
    ['H100', 2],
    ['H200', 4],
  ]);
});

it('marks as unverified only figures that are there', () => {
  for (const gpu of Object.values(gpus)) {
    for (const figure of gpu.unverified!) {
      const [outer, inner] = figure.split('.');
      const value = gpu[outer as keyof Gpu];
      expect(inner ? (value as Gpu['peakFlops'])[inner as Dtype] : value, `${gpu.name} ${figure}`).toBeDefined();
    }
  }
  expect(gpus.L4.unverified).toEqual(
    expect.arrayContaining(['peakFlops.int8', 'memoryBytes', 'bandwidth', 'powerWatts']),
  );
  expect(gpus.H100.unverified).not.toContain('bandwidth');
});

const own: Gpu = { name: 'own', peakFlops: { bf16: 1e15 }, source: 'me' };

it('is frozen, and takes a GPU of the user as it is', () => {
  expect(gpuNamed(own)).toBe(own);
  expect(gpuNamed('H100')).toBe(gpus.H100);
  expect(Object.isFrozen(gpus.H100.peakFlops)).toBe(true);
});

describe('peaks by format', () => {
  it('multiplies weights in their format, or in bf16 where the GPU has no peak for it', () => {
    expect(arithmeticOf(gpus.H100, 'fp8')).toBe('fp8');
    expect(arithmeticOf(gpus.H100, 'int4')).toBe('bf16');
    expect(arithmeticOf(gpus['A100-80'], 'fp8')).toBe('bf16');
    expect(arithmeticOf({ ...own, peakFlops: { bf16: 1e15, int4: 4e15 } }, 'int4')).toBe('int4');
  });

  it('refuses a format that was asked for and is not there', () => {
    expect(() => peakOf('training.dtype', gpus['A100-40'], 'fp8')).toThrow(
      'training.dtype must be one of bf16, int8 on A100-40, got fp8',
    );
  });
});

describe('a GPU of the user is checked', () => {
  it.each([
    ['E_ARGUMENT', 'gpu.bandwidth must be a positive finite number of bytes/s, got -1', { bandwidth: -1 }],
    ['E_ARGUMENT', 'gpu.peakFlops.bf16 must be a positive finite number of FLOP/s, got 0', { peakFlops: { bf16: 0 } }],
    ['E_ARGUMENT', 'gpu.peakFlops must be an object, got nothing', { peakFlops: undefined }],
    [
      'E_ARGUMENT',
      'gpu.link.betweenNodes must be a positive finite number of bytes/s, got 0',
      { link: { bytesPerSecond: 1, betweenNodes: 0 } },
    ],
    [
      'E_OPTION',
      'gpu.link must be among bytesPerSecond, betweenNodes, got betweenNode; did you mean gpu.link.betweenNodes?',
      { link: { bytesPerSecond: 1, betweenNode: 1 } },
    ],
    ['E_ARGUMENT', 'gpu.link must be an object, got 3', { link: 3 }],
    ['E_OPTION', /^gpu must be among name, .*, got memory$/, { memory: 80e9 }],
    ['E_OPTION', 'gpu.peakFlops must be among bf16, fp8, int8, int4, got fp4', { peakFlops: { fp4: 1 } }],
  ])('%s: %s', (code, message, change) => {
    const matching = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(() => gpuNamed({ ...own, ...change } as Gpu)).toThrow(
      expect.objectContaining({ name: 'ScalingLawsError', code, message: matching }),
    );
  });
});
