/** The JSON Schemas that the package ships take what the library writes and its pages show, and refuse what is damaged. */

import { Ajv } from 'ajv';
import JSON5 from 'json5';
import { describe, expect, it } from 'vitest';
import { jsonSchemas } from '../../docs/.vitepress/schemas/schemas.ts';
import type { fitSchema } from '../../src/fit/saved-fit.ts';
import { type Bootstrap, bootstrap, type Fit, fitScalingLaw, type Plan, plan } from '../../src/index.ts';
import type { planSchema } from '../../src/plan/saved-plan.ts';
import type { Given } from '../../src/schema/objects.ts';
import type { bootstrapSchema } from '../../src/uncertainty/saved-bootstrap.ts';
import { read } from '../fences.ts';
import { DEMAND_PROBLEM, RUNS } from '../fixed-calls.ts';

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
const validators = Object.fromEntries(
  Object.entries(jsonSchemas).map(([name, schema]) => [name, ajv.compile(JSON.parse(JSON.stringify(schema)))]),
);

/** Where a schema finds something wrong with a value. */
function wrong(name: string, value: unknown): string[] {
  const validate = validators[name]!;
  validate(JSON.parse(JSON.stringify(value)));
  return (validate.errors ?? []).map(({ instancePath, params }) =>
    [instancePath, params.additionalProperty ?? params.missingProperty ?? ''].join(' ').trim(),
  );
}

/** The compiler's part: what the library makes has the fields that its loaders ask for, of these types. */
const _held: readonly [
  (fit: Fit<string>) => Given<typeof fitSchema>,
  (bootstrap: Bootstrap<string>) => Given<typeof bootstrapSchema>,
  // A saved plan names its law; in memory it may be the law itself.
  (plan: Plan & { readonly problem: { readonly law: { readonly law: string } } }) => Given<typeof planSchema>,
] = [(fit) => fit, (bootstrap) => bootstrap, (plan) => plan];

const fit = fitScalingLaw(RUNS, { filters: [{ kind: 'exclude-early', fraction: 0.1 }] });
const boot = bootstrap(fit, RUNS, { replicates: 4, resample: 'residuals' });
const planned = plan({ ...DEMAND_PROBLEM, constraints: [{ kind: 'size', max: 13e9 }], data: { unique: 5e12 } });
const { law: _, ...posed } = DEMAND_PROBLEM;
const problem = { law: 'sardana-2024', ...posed };
const manifest: Record<string, unknown> = JSON.parse(read('examples/data/logs/tensorboard.json'));

describe('what the library writes or reads is right', () => {
  it.each<[string, unknown]>([
    ['fit', fit],
    ['fit', fitScalingLaw(RUNS, { penalty: 'squared', fixed: { E: 1.69 }, bounds: { alpha: [0.4, 1] } })],
    ['bootstrap', boot],
    ['plan', planned],
    ['problem', problem],
    ['problem', planned.problem],
    ['manifest', manifest],
    ['manifest', { ...manifest, convention: { N: 'total' }, onBadRow: 'skip' }],
    [
      'config',
      JSON5.parse(
        '{ $schema: "x", all: { N: "Model size", "max-params": ["70B", 1e9] }, fit: { "final-only": true } }',
      ),
    ],
  ])('%s', (name, value) => expect(wrong(name, value)).toEqual([]));
});

describe('what the page of the command line shows is right', () => {
  const page = read('docs/command-line.md');

  it('a problem', () => {
    const [, text] = /^echo '(\{.*\})' \| scaling-laws plan -/m.exec(page)!;
    expect(wrong('problem', JSON.parse(text!))).toEqual([]);
  });

  it('a config file', () => {
    const [, text] = /```jsonc?\n(\{[^`]*"all"[^`]*)```/.exec(page)!;
    expect(wrong('config', JSON5.parse(text!))).toEqual([]);
  });
});

describe('what is damaged is refused where it is damaged', () => {
  it.each<[string, unknown, string]>([
    ['fit', { ...fit, coefficients: { E: 'low' } }, '/coefficients/E'],
    ['fit', { ...fit, schema: 'scaling-laws/fit@9' }, '/schema'],
    ['fit', { ...fit, runs: { ...fit.runs, digest: 5 } }, '/runs/digest'],
    ['fit', { ...fit, status: undefined }, 'status'],
    ['bootstrap', { ...boot, draws: { E: 1.7 } }, '/draws/E'],
    ['plan', { ...planned, chinchilla: {} }, '/chinchilla N'],
    ['problem', { ...problem, goal: { kind: 'loss', los: 2 } }, '/goal los'],
    ['problem', { ...problem, goals: 1 }, 'goals'],
    ['problem', { ...problem, level: 2 }, '/level'],
    ['manifest', { ...manifest, zzz: 1 }, 'zzz'],
    ['manifest', { files: [{ path: 'a.csv', convention: { N: 'all' } }] }, '/files/0/convention/N'],
    ['config', { fit: { sise: 1 } }, '/fit sise'],
  ])('%s %#', (name, value, place) => expect(wrong(name, value)).toContain(place));
});

it('help lines become descriptions, with units and defaults', () => {
  expect(jsonSchemas.manifest).toMatchObject({
    properties: {
      onBadRow: {
        description: 'What to do with a row that breaks a rule: throw an error, or skip it with a warning.',
        enum: ['throw', 'skip'],
        default: 'throw',
      },
      constants: { properties: { N: { description: 'Model size. Unit: parameters.' } } },
    },
  });
});
