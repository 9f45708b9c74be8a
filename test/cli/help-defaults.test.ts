/** Flags are those of the library's schemas: what help prints of a default is what the library takes, and nothing is described twice. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ablationPlan } from '../../src/ablate/plan.ts';
import { answerQuestion } from '../../src/answer/question.ts';
import { chooseOptions } from '../../src/choose/choose-law.ts';
import { loaded } from '../../src/cli/commands.ts';
import { flagsOf } from '../../src/cli/flags.ts';
import { compareApproachesOptions } from '../../src/compare-approaches/compare-approaches.ts';
import { designPlan } from '../../src/design/design-runs.ts';
import { hitchhikeOptions } from '../../src/families/hitchhike-plan.ts';
import { runEndOptions } from '../../src/families/predict-run-end.ts';
import { fitOptions } from '../../src/fit/options.ts';
import { prior } from '../../src/fit/prior.ts';
import { poolOption } from '../../src/node/workers.ts';
import { planProblem } from '../../src/plan/problem.ts';
import { ablationForestOptions } from '../../src/plot/options.ts';
import { readRunsOptions } from '../../src/runs/read-runs.ts';
import type { Field } from '../../src/schema/fields.ts';
import { object } from '../../src/schema/objects.ts';
import { bootstrapOptions } from '../../src/uncertainty/bootstrap.ts';
import { intervalOptions } from '../../src/uncertainty/intervals.ts';
import { cli } from './run-cli.ts';

/** The defaults at a path of a schema: `serving.view.decodeMfu`. */
function defaultsAt(field: Field, path: readonly string[]): unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return field.ofNone === undefined ? [] : [field.ofNone];
  const forms = [field.entries ?? {}, ...Object.values(field.forms ?? {})];
  return [
    ...forms.flatMap((entries) => (entries[name] ? defaultsAt(entries[name], rest) : [])),
    ...(field.either ?? []).flatMap((form) => defaultsAt(form, path)),
  ];
}

const schemas = [
  planProblem,
  fitOptions,
  readRunsOptions,
  ablationPlan,
  chooseOptions,
  compareApproachesOptions,
  designPlan,
  runEndOptions,
  bootstrapOptions,
  intervalOptions,
  poolOption,
  prior,
] as unknown as readonly Field[];
/** Commands with schemas of their own, which win. */
const OF: Readonly<Record<string, Field>> = {
  answer: answerQuestion as unknown as Field,
  approaches: compareApproachesOptions as unknown as Field,
  choose: chooseOptions as unknown as Field,
  hitchhike: hitchhikeOptions as unknown as Field,
  plot: object('plot', { ...ablationForestOptions.entries }) as unknown as Field,
};
/** Flags with a default that the command line alone has, beside their value. */
const OWN = {
  show: 'N',
  link: 'sigmoid',
  loss: 'loss',
  error: 'error',
  of: 'D',
  format: 'table',
  'inference-tokens': '0',
};

const commands = await loaded();
const wordOf = (value: unknown): string | undefined =>
  typeof value === 'object' ? (value as { readonly kind?: string } | null)?.kind : String(value);
const PRINTED = /default: ([^()]+)\)/;

it.each(commands.map((command) => [command.name, command] as const))(
  'every default in the help of %s is that of the library',
  async (name, command) => {
    const { out } = await cli([name, '--help'], '', { columns: 1000 });
    for (const { name: flag, path, help } of flagsOf(command)) {
      const line = out.split('\n').find((text) => text.includes(`  --${flag} `) || text.endsWith(`--${flag}`))!;
      expect(line).toContain(help);
      const printed = PRINTED.exec(line)?.[1];
      if (printed === undefined) continue;
      const own = OF[name] ? defaultsAt(OF[name], path.split('.')) : [];
      const found = own.length > 0 ? own : schemas.flatMap((schema) => defaultsAt(schema, path.split('.')));
      const words = found.flatMap((one) => wordOf(one) ?? []);
      if (flag in OWN) expect([flag, printed]).toEqual([flag, OWN[flag as 'show']]);
      else if (words.length > 0) expect([flag, words]).toEqual([flag, words.map(() => printed)]);
      // What is no value is said in words.
      else expect([flag, printed]).toEqual([flag, expect.stringMatching(/ /)]);
    }
  },
);

it('defaults are written by the help itself, from the schema', () => {
  const hints = commands.flatMap(flagsOf).map(({ help }) => help.replace(PRINTED, ''));
  expect(hints.filter((help) => /default/i.test(help))).toEqual([]);
});

it('no help of the command line is written in the library too', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const helpsIn = (isCli: boolean): string[] =>
    files
      .filter((path) => path.startsWith('cli') === isCli)
      .flatMap((path) => [...readFileSync(join('src', path), 'utf8').matchAll(/help:\s*('[^']*'|"[^"]*"|`[^`]*`)/g)])
      .map(([, text]) => text!);
  const [own, others] = [helpsIn(true), helpsIn(false)];
  expect(own.length).toBeGreaterThan(20);
  expect(others.length).toBeGreaterThan(100);
  expect(own.filter((text, i) => others.includes(text) || own.indexOf(text) < i)).toEqual([]);
});

it('a help is one sentence, or two, and ends in a full stop', () => {
  for (const { name, help } of commands.flatMap(flagsOf))
    expect([name, help]).toEqual([name, expect.stringMatching(/^([a-z]+: )?[A-Z].*\.$/)]);
});
