import { expect, it } from 'vitest';
import { gpus } from '../../src/inference/gpus.ts';
import { cli, expectFailure, json } from './run-cli.ts';

it('lists every GPU in a terminal of 80 columns, and marks what was not checked', async () => {
  const { code, out, err } = await cli(['hardware']);
  expect([code, err]).toEqual([0, '']);
  const lines = out.split('\n');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  for (const name of Object.keys(gpus)) expect(lines.some((line) => line.startsWith(name))).toBe(true);
  expect(out).toMatch(/^H100 +989 +1979 +1979 +80 +3350 +700† +2$/m);
  expect(out).toMatch(/^RTX-3090 +71† +- +- +24† +936† +350† +-$/m);
});

it('tells of one GPU where its figures come from', async () => {
  const { out } = await cli(['hardware', 'A100-80']);
  expect(out).toMatch(/^ {2}price +1\.5 \$\/h +Sardana et al\. 2024/m);
  expect(out).toMatch(/^ {2}power +400 W +† unverified$/m);
  expect(out).toMatch(/^ {2}peak int8, dense +624 TFLOP\/s +NVIDIA's data sheet of the A100 80GB SXM, dense figures$/m);
  expect(out).toMatch(/^ {2}critical batch, bf16 +153 sequences/m);
});

it('prints GPUs as JSON', async () => {
  expect(await json(['hardware'])).toEqual(Object.values(gpus));
  expect(await json(['hardware', 'H100'])).toEqual(gpus.H100);
});

it('asks whether another name was meant', async () => {
  await expectFailure(['hardware', 'H10'], 1, /got H10; did you mean H100\?/);
});
