/**
 * Counts that cannot be counts, and losses that cannot be nats: the commonest slips with a spreadsheet, and ones that every law fits well.
 * Sizes and tokens in millions are seen by the smallest and the largest model, by tokens per parameter, and by C beside 6 N D; logarithms by
 * both at once; perplexities by what an untrained model scores.
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { spanOf } from '../numeric/span.ts';
import { listed, short } from '../words.ts';
import { knows, type Runs } from './runs.ts';
import { type Scale, scaleCure, unscaled } from './scales.ts';

/** No model that a scaling law is fitted to has fewer parameters; Kaplan et al. 2020 begin at 768, with sizes far above it in the same table. */
const LEAST_LARGEST_N = 1e4;
const LEAST_SMALLEST_N = 256;
/** No run is trained on fewer tokens than this, its last checkpoint included. */
const LEAST_LARGEST_D = 1e5;
/** No run worth a row is over before this many FLOPs: seconds of one core. Whole tables in millions come to less, each field alone may not. */
const LEAST_LARGEST_C = 1e12;
/** No model is larger, and no run longer. */
const MOST_N = 1e15;
const MOST_D = 1e17;
/** Tokens per parameter between which some row of every table lies; Kaplan's smallest models see 3e7. */
const RATIOS = [1e-3, 1e6] as const;
/** Measured FLOPs and 6 N D are never this far apart. */
const FACTORS = 300;
/** Rows of a table worth a fit: fewer are an example, and left to whoever wrote it. */
const LEAST_ROWS = 6;

type Name = 'N' | 'D' | 'C';
/** Scales to try, the commonest first; nobody writes a part of a million. */
const scalesFor = (least: number): readonly Scale[] => ['log10', ...(least < 1 ? [1e9, 1e12] : [1e6, 1e9, 1e3])];

/** What speaks against counts as they stand; undefined if nothing does. */
function doubt({ N, D, C }: Readonly<Record<Name, Float64Array | undefined>>): string | undefined {
  const [sizes, tokens] = [N && spanOf(N), D && spanOf(D)];
  if (sizes && sizes[1] < LEAST_LARGEST_N) return `the largest model would have ${short(sizes[1])} parameters`;
  if (tokens && tokens[1] < LEAST_LARGEST_D) return `the longest run would see ${short(tokens[1])} tokens`;
  if (sizes && sizes[0] < LEAST_SMALLEST_N) return `the smallest model would have ${short(sizes[0])} parameters`;
  if (sizes && sizes[1] > MOST_N) return `the largest model would have ${short(sizes[1])} parameters`;
  if (tokens && tokens[1] > MOST_D) return `the longest run would see ${short(tokens[1])} tokens`;
  if (!N || !D) return undefined;
  const sixND = N.map((size, i) => DEFAULT_FLOPS_PER_PARAM_TOKEN * size * D[i]!);
  const [, largest] = spanOf(sixND);
  if (largest < LEAST_LARGEST_C) return `the largest run would take ${short(largest)} FLOPs`;
  const [fewest, most] = spanOf(N.map((size, i) => D[i]! / size));
  if (fewest > RATIOS[1]) return `each row would have ${short(fewest)} tokens a parameter or more`;
  if (most < RATIOS[0]) return `no row would have more than ${short(most)} tokens a parameter`;
  const [low, high] = C ? spanOf(C.map((value, i) => value / sixND[i]!)) : [1, 1];
  return low > FACTORS || high < 1 / FACTORS ? `C is ${short(low > 1 ? low : high)} times 6 N D` : undefined;
}

/**
 * Refuses counts that cannot be counts, where another scale makes sense of them; of a table too short for a fit, and where none does, they
 * are a warning.
 *
 * @param open - Fields whose scale nobody said.
 * @throws {ScalingLawsError} `E_SCALE`.
 */
export function checkScales(runs: Runs, open: readonly Name[]): readonly Finding[] {
  const known = (name: Name): Float64Array | undefined =>
    knows(runs, name) && (name !== 'C' || runs.columns.C !== undefined) ? runs[name] : undefined;
  const counts = { N: known('N'), D: known('D'), C: known('C') };
  const because = doubt(counts);
  if (because === undefined) return [];
  const tried = [open.filter((name) => name !== 'C'), ['N'] as const, ['D'] as const, open].map((names) =>
    names.filter((name) => open.includes(name) && counts[name]),
  );
  const cures = tried.flatMap((names) =>
    names.length === 0 ? [] : scalesFor(spanOf(counts[names[0]!]!)[0]).map((scale) => ({ names, scale })),
  );
  const cured = cures.find(({ names, scale }) => {
    const scaled = (name: Name) => (names.includes(name) ? counts[name]!.map(unscaled(scale)) : counts[name]);
    return doubt({ N: scaled('N'), D: scaled('D'), C: scaled('C') }) === undefined;
  });
  const names = cured?.names ?? (['N', 'D'] as const).filter((name) => counts[name]);
  const spans = listed(
    names.map(
      (name) =>
        `${name} from ${spanOf(runs[name])
          .map((end) => short(end))
          .join(' to ')}`,
    ),
  );
  const cure = [...scaleCure(names, cured?.scale ?? 1e6), ', or another scale, or with 1 that these are counts'];
  if (cured && runs.length >= LEAST_ROWS) {
    const breach = {
      argument: `columns.${names[0]}`,
      rule: 'hold counts',
      got: spans,
      cure: [`${because}: `, ...cure],
    };
    throw new ScalingLawsError('E_SCALE', breach, { fields: names });
  }
  return [
    finding('W_UNITS', `${spans} are taken for counts, but ${because}.`, {
      about: names.map((name) => `columns.${name}`),
      evidence: Object.fromEntries(names.map((name) => [name, [...spanOf(runs[name])]])),
      advice: ['If they are none, ', ...cure, '.'],
    }),
  ];
}

/** A model that knows nothing scores the logarithm of its vocabulary: 12 nats are 160,000 tokens. */
const MOST_NATS = 12;
const MOST_PERPLEXITY = 1e6;
/** Of so many models that is no accident of one run. */
const SHARE = 0.25;

/**
 * Refuses losses, in a unit that nobody said, that no model scores in nats once it is trained. Of few models, of several families, and
 * of a table too short for a fit, they are a warning.
 *
 * @throws {ScalingLawsError} `E_LOSS_UNIT`.
 */
export function checkNats(runs: Runs): readonly Finding[] {
  const { loss, N, run, family, length } = runs;
  const best = new Map<string, number>();
  for (let i = 0; i < length; i++) {
    const model = `${family?.[i]} ${knows(runs, 'N') ? N[i] : run?.[i]}`;
    best.set(model, Math.min(best.get(model) ?? Number.POSITIVE_INFINITY, loss[i]!));
  }
  const above = [...best.values()].filter((lowest) => lowest > MOST_NATS);
  if (above.length === 0) return [];
  const worst = Math.max(...above);
  const cure = [
    `a model that knows nothing scores less: say `,
    { option: 'lossUnit', value: 'perplexity' },
    ' if these are perplexities, and ',
    { option: 'lossUnit', value: 'nats' },
    ' if they are not',
  ];
  const [lowest, highest] = spanOf(loss);
  const isSome = new Set(family).size > 1 || above.length < SHARE * best.size;
  if (length >= LEAST_ROWS && !isSome && lowest > 1 && highest < MOST_PERPLEXITY) {
    const got = `${short(worst)} as the lowest of a model`;
    throw new ScalingLawsError('E_LOSS_UNIT', {
      argument: 'losses',
      rule: 'say their unit where it is not nats',
      got,
      cure,
    });
  }
  const message = `Losses are taken for nats per token, but the lowest of a model is ${short(worst)}.`;
  return [
    finding('W_LOSS_UNIT', message, {
      about: ['columns.loss'],
      evidence: { lowest: worst },
      advice: ['A', String(cure[0]).slice(1), ...cure.slice(1), '.'],
    }),
  ];
}

/** No count of parameters, tokens, FLOPs has a larger logarithm. */
const MOST_LOG = { N: 15, D: 17, C: 30 } as const;
/** How far powers of ten may be apart: a quarter, as measured FLOPs and 6 N D are. */
const SURE = 0.1;

/**
 * Columns that the numbers themselves leave no doubt of: FLOPs, and tokens or sizes, far too small for counts, whose powers of ten are 6 N D.
 *
 * @param columns - Numbers as they stand.
 * @param open - Fields that were read from columns whose scale nobody said.
 */
export function logarithmsIn(columns: Pick<Runs, Name>, open: readonly Name[]): readonly Name[] {
  const logs = open.filter((name) => columns[name].every((value) => value > 0 && value < MOST_LOG[name]));
  if (!logs.includes('C') || logs.length < 2) return [];
  const power = (name: Name, i: number): number =>
    logs.includes(name) ? columns[name][i]! : Math.log10(columns[name][i]!);
  const six = Math.log10(DEFAULT_FLOPS_PER_PARAM_TOKEN);
  return columns.C.every((_, i) => Math.abs(power('C', i) - six - power('N', i) - power('D', i)) < SURE) ? logs : [];
}
