/** The table of known GPUs. Dense peaks; 1 GB = 1e9 bytes. What `unverified` names was written from memory or secondary tables. */

import { deepFreeze } from '../freeze.ts';
import type { Dtype, Gpu } from './hardware.ts';

const TABLES = 'secondary tables; no data sheet at hand';
const SARDANA = 'Sardana et al. 2024, arXiv:2401.00448, and its code';
const ERDIL = 'Erdil 2025, arXiv:2506.04645';
const QUOTES = 'rental quotes, mid-2024';
const PETALS = 'Borzunov et al. 2023, arXiv:2209.01188: PCIe 4.0 x16, 256 Gbit/s';

/** Names of the table. */
export type GpuName =
  | 'A100-40'
  | 'A100-80'
  | 'H100'
  | 'H200'
  | 'B200'
  | 'GB200'
  | 'B300'
  | 'L40S'
  | 'A40'
  | 'A10'
  | 'L4'
  | 'RTX-4090'
  | 'RTX-5090'
  | 'RTX-3090';

type Peaks = Gpu['peakFlops'];
type Rest = Omit<Gpu, 'name' | 'peakFlops' | 'memoryBytes' | 'bandwidth' | 'powerWatts' | 'source' | 'unverified'> & {
  readonly source?: string;
  readonly unverified?: readonly string[];
};

/** One row, in the units of the board's data sheet: TFLOP/s by format, GB, GB/s, watts. Power is from memory throughout. */
function row(
  board: string,
  tera: Readonly<Partial<Record<Dtype, number>>>,
  gigabytes: number,
  gigabytesPerSecond: number,
  powerWatts: number,
  { unverified = [], ...rest }: Rest,
): Omit<Gpu, 'name'> {
  return {
    peakFlops: Object.fromEntries(Object.entries(tera).map(([dtype, peak]) => [dtype, peak * 1e12])) as Peaks,
    memoryBytes: gigabytes * 1e9,
    bandwidth: gigabytesPerSecond * 1e9,
    powerWatts,
    source: `NVIDIA's data sheet of the ${board}, dense figures`,
    unverified: ['powerWatts', ...unverified],
    ...rest,
  };
}

const AMPERE_LINK = { link: { bytesPerSecond: 300e9, betweenNodes: 25e9 }, hostLink: 32e9 } as const;
const HOPPER_LINK = { link: { bytesPerSecond: 450e9, betweenNodes: 50e9 }, hostLink: 64e9 } as const;
const BLACKWELL_LINK = { link: { bytesPerSecond: 900e9, betweenNodes: 50e9 }, hostLink: 64e9 } as const;
const HOST = { hostLink: 32e9 } as const;

const rows: Readonly<Record<GpuName, Omit<Gpu, 'name'>>> = {
  'A100-40': row('A100 40GB SXM', { bf16: 312, int8: 624 }, 40, 1555, 400, {
    ...AMPERE_LINK,
    pricePerHour: 1.1,
    sources: { pricePerHour: SARDANA, hostLink: PETALS },
    unverified: ['link'],
  }),
  'A100-80': row('A100 80GB SXM', { bf16: 312, int8: 624 }, 80, 2039, 400, {
    ...AMPERE_LINK,
    pricePerHour: 1.5,
    sources: { pricePerHour: SARDANA, hostLink: PETALS },
    unverified: ['link'],
  }),
  H100: row('H100 SXM', { bf16: 989, fp8: 1979, int8: 1979 }, 80, 3350, 700, {
    ...HOPPER_LINK,
    pricePerHour: 2,
    sources: { pricePerHour: SARDANA, link: ERDIL },
    unverified: ['hostLink'],
  }),
  H200: row('H200 SXM', { bf16: 989, fp8: 1979, int8: 1979 }, 141, 4800, 700, {
    ...HOPPER_LINK,
    pricePerHour: 4,
    sources: { pricePerHour: QUOTES },
    unverified: ['link', 'hostLink'],
  }),
  // Some sheets say 192 GB.
  B200: row('HGX B200', { bf16: 2250, fp8: 4500, int8: 4500 }, 180, 7700, 1000, {
    ...BLACKWELL_LINK,
    unverified: ['link', 'hostLink'],
  }),
  // Its host link is NVLink to the CPU, not PCIe.
  GB200: row('GB200', { bf16: 2500, fp8: 5000, int8: 5000 }, 186, 8000, 1200, {
    ...BLACKWELL_LINK,
    hostLink: 450e9,
    unverified: ['link', 'hostLink'],
  }),
  // No sheet for its int8, which is far below its fp8.
  B300: row('HGX B300', { bf16: 2250, fp8: 4500 }, 288, 8000, 1100, {
    ...BLACKWELL_LINK,
    source: TABLES,
    unverified: ['peakFlops.bf16', 'peakFlops.fp8', 'memoryBytes', 'bandwidth', 'link', 'hostLink'],
  }),
  L40S: row('L40S', { bf16: 362, fp8: 733, int8: 733 }, 48, 864, 350, {
    ...HOST,
    unverified: ['peakFlops.fp8', 'peakFlops.int8', 'hostLink'],
  }),
  A40: row('A40', { bf16: 149.7, int8: 299 }, 48, 696, 300, { ...HOST, unverified: ['peakFlops.int8', 'hostLink'] }),
  A10: row('A10', { bf16: 125, int8: 250 }, 24, 600, 150, { ...HOST, unverified: ['peakFlops.int8', 'hostLink'] }),
  L4: row('L4', { bf16: 121, fp8: 242, int8: 242 }, 24, 300, 72, {
    ...HOST,
    unverified: ['peakFlops.fp8', 'peakFlops.int8', 'memoryBytes', 'bandwidth', 'hostLink'],
  }),
  // fp8 with fp32 accumulation.
  'RTX-4090': row('RTX 4090', { bf16: 165, fp8: 330 }, 24, 1008, 450, {
    ...HOST,
    unverified: ['peakFlops.fp8', 'hostLink'],
  }),
  'RTX-5090': row('RTX 5090', { bf16: 209.5, fp8: 419 }, 32, 1792, 575, {
    hostLink: 64e9,
    unverified: ['peakFlops.fp8', 'hostLink'],
  }),
  'RTX-3090': row('RTX 3090', { bf16: 71 }, 24, 936, 350, {
    ...HOST,
    source: TABLES,
    unverified: ['peakFlops.bf16', 'memoryBytes', 'bandwidth', 'hostLink'],
  }),
};

/** Known GPUs by name. Extend by handing in a {@link Gpu} of your own. */
export const gpus: { readonly [Name in GpuName]: Gpu } = deepFreeze(
  Object.fromEntries(Object.entries(rows).map(([name, figures]) => [name, { name, ...figures }])) as Record<
    GpuName,
    Gpu
  >,
);
