/** `scaling-laws hardware`: the known GPUs, to be used by name. */

import { gpus } from '../inference/gpus.ts';
import { type Dtype, type Gpu, gpuNamed } from '../inference/hardware.ts';
import { criticalBatch } from '../inference/roofline.ts';
import { table } from '../report/text-table.ts';
import { digits } from '../words.ts';
import { command } from './command.ts';
import { jsonFlags } from './out.ts';

const FORMATS: readonly Dtype[] = ['bf16', 'fp8', 'int8', 'int4'];
/** What follows a figure that was not checked against a source. */
const MARK = '†';

/** The command. */
export const declared = command({
  args: [
    {
      name: '[name]',
      help: 'One GPU in detail, with its links and sources.',
      choices: () => Object.keys(gpus),
      open: true,
    },
  ],
  sets: { output: jsonFlags('Print GPUs as JSON, in FLOP/s, bytes, bytes/s, watts and $ per hour.') },
  examples: ['scaling-laws hardware', 'scaling-laws hardware H100 --json'],
  run: ({ args: [name], io }) => {
    const gpu = name === undefined ? undefined : gpuNamed(name);
    const all = Object.values(gpus);
    return { json: gpu ?? all, words: () => (gpu ? inDetail(gpu) : overview(all, io.columns)) };
  },
});

/** One line a GPU. */
function overview(all: readonly Gpu[], width?: number): string[] {
  const formats = FORMATS.filter((format) => all.some(({ peakFlops }) => peakFlops[format] !== undefined));
  const rows = all.map((gpu) => [
    gpu.name,
    ...formats.map((format) => cell(gpu, `peakFlops.${format}`, gpu.peakFlops[format], 1e12)),
    cell(gpu, 'memoryBytes', gpu.memoryBytes, 1e9),
    cell(gpu, 'bandwidth', gpu.bandwidth, 1e9),
    cell(gpu, 'powerWatts', gpu.powerWatts),
    cell(gpu, 'pricePerHour', gpu.pricePerHour),
  ]);
  return [
    ...table([['GPU', ...formats, 'GB', 'GB/s', 'W', '$/h'], ...rows], 1, width),
    '',
    `Peaks in dense TFLOP/s. ${MARK} unverified: from memory or secondary tables.`,
    '- unknown, or not computed in; a question that needs it asks for it.',
    'Prices of Sardana et al. 2024; of the H200 a quote of mid-2024. Give your own.',
    'Links and sources of one GPU: scaling-laws hardware H100',
  ];
}

/** A figure in so many units, marked if nobody checked it. */
function cell({ unverified = [] }: Gpu, figure: string, value: number | undefined, unit = 1): string {
  if (value === undefined) return '-';
  // A mark takes a column of its own, so that figures stay below each other.
  return `${digits(value / unit)}${unverified.includes(figure) ? MARK : ' '}`;
}

/** One figure a line, with its unit and source; of formats, those in which it computes. */
function inDetail(gpu: Gpu): string[] {
  const { name, peakFlops, memoryBytes, bandwidth, powerWatts, pricePerHour, link, hostLink, sources = {} } = gpu;
  const line = (
    words: string,
    figure: string,
    value: number | undefined,
    divisor: number,
    unit: string,
  ): string[][] => {
    if (value === undefined) return [[words, 'unknown', '']];
    const source = gpu.unverified?.includes(figure) ? `${MARK} unverified` : (sources[figure] ?? gpu.source);
    return [[words, `${digits(value / divisor)} ${unit}`, source]];
  };
  const lines = [
    ...FORMATS.filter((format) => peakFlops[format] !== undefined).flatMap((format) =>
      line(`peak ${format}, dense`, `peakFlops.${format}`, peakFlops[format], 1e12, 'TFLOP/s'),
    ),
    ...line('memory', 'memoryBytes', memoryBytes, 1e9, 'GB'),
    ...line('bandwidth', 'bandwidth', bandwidth, 1e9, 'GB/s'),
    ...line('power', 'powerWatts', powerWatts, 1, 'W'),
    ...line('price', 'pricePerHour', pricePerHour, 1, '$/h'),
    ...line('link in a node', 'link', link?.bytesPerSecond, 1e9, 'GB/s'),
    ...line('link between nodes', 'link', link?.betweenNodes, 1e9, 'GB/s'),
    ...line('link to the host', 'hostLink', hostLink, 1e9, 'GB/s'),
    ['critical batch, bf16', `${digits(criticalBatch(gpu), 3)} sequences`, 'peak over bandwidth'],
  ];
  return [name, ...table(lines, 3).map((text) => `  ${text}`)];
}
