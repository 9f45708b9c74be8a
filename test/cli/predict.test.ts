import { describe, expect, it } from 'vitest';
import { publishedLaws } from '../../src/laws/published.ts';
import { expectPrinted } from '../printed.ts';
import { cli, expectFailure, json, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();

describe('predict', () => {
  it('gives the loss of a model', async () => {
    // Sardana et al. 2024, section 3: a 70B model on 1T tokens has loss 1.947.
    const prediction = await json(['predict', 'sardana-2024', '--N', '70B', '--D', '1T']);
    expectPrinted(prediction.loss, '1.947');
    expect(prediction).toMatchObject({ N: 7e10, D: 1e12, C: 4.2e23, extrapolation: true });
    expect(Object.keys(prediction).sort()).toEqual(
      ['C', 'D', 'N', 'extrapolation', 'loss', 'outside', 'tokensPerParam'].sort(),
    );
    const { out, err } = await cli(['predict', 'sardana-2024', '--N', '70e9', '--D', '1e12']);
    expect(out).toMatch(
      /^70B parameters on 1T tokens: loss 1\.94\d nats per token \(14\.3 tokens per parameter, 4\.2e23 /,
    );
    expect(err).toMatch(
      /^warning: This point lies outside the runs behind the law: 70B parameters \(runs: 57\.3M to 16\.2B\), 1T tokens .* Take the answer/,
    );
  });

  it('takes any two that fix the answer', async () => {
    const at = await json(['predict', 'hoffmann-2022', '--N', '1B', '--D', '20B']);
    const near = (one: typeof at): void => {
      for (const key of ['N', 'D', 'C', 'loss']) expect(Math.abs(one[key] / at[key] - 1)).toBeLessThan(1e-9);
    };
    near(await json(['predict', 'hoffmann-2022', '--N', '1B', '--flops', String(at.C)]));
    near(await json(['predict', 'hoffmann-2022', '--D', '20B', '--flops', String(at.C)]));
    near(await json(['predict', 'hoffmann-2022', '--N', '1B', '--target-loss', String(at.loss)]));
    near(await json(['predict', 'hoffmann-2022', '--D', '20B', '--target-loss', String(at.loss)]));
  });

  it('does not warn inside the runs, and says where it cannot know', async () => {
    expect((await cli(['predict', 'hoffmann-2022', '--N', '1B', '--D', '20B'])).err).toBe('');
    expect((await cli(['predict', 'muennighoff-2023', '--N', '1B', '--D', '20B'])).err).toContain('is unknown');
  });

  const SIZE = ['--N', '1B', '--D', '20B'];
  it.each([
    [['hofman-2022', ...SIZE], 1, /did you mean hoffmann-2022\? the names are hoffmann-2022, .*gadre-2024-refinedweb/],
    [['no/such.json', ...SIZE], 1, /LAW must be .*, got no\/such\.json; the names are/],
    [['package.json', ...SIZE], 1, /package\.json: saved fit: schema must be scaling-laws\/fit@1, got no schema/],
    [[folder.file('broken.json', '{"schema":'), ...SIZE], 1, /broken\.json: saved fit: must be a JSON object/],
    [['hoffmann-2022', '--N', '1B', '--target-loss', '1.7'], 1, /loss must be above 2\.04/],
    [['hoffmann-2022', '--N', '1B'], 2, /must have two of --N, --D and --flops, .* got --N$/m],
    [['hoffmann-2022'], 2, /got none/],
    [['hoffmann-2022', ...SIZE, '--target-loss', '2'], 2, /got --N and --D and --target-loss/],
    [['hoffmann-2022', '--flops', '1e20', '--target-loss', '2'], 2, /got --flops and --target-loss/],
    [['hoffmann-2022', '--N', '-1', '--D', '1'], 2, /--N must be a positive finite number of parameters, got -1/],
    [['hoffmann-2022', '--N', 'inf', '--D', '1'], 2, /--N must be a positive finite number of parameters, got inf/],
  ] as const)('refuses %j with code %i', (args, code, message) => expectFailure(['predict', ...args], code, message));
});

describe('laws', () => {
  it('lists every law by the name that LAW takes', async () => {
    const published = Object.values(publishedLaws);
    expect(await json(['laws'])).toEqual(published);
    const { out } = await cli(['laws']);
    for (const { name, source } of published) {
      expect(out).toContain(`${name} `);
      expect(out).toContain(source);
    }
  });
});
