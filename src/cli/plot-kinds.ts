/** Kinds of figures on the command line: what each is drawn from, and which flags say something about it. */

import { readFile } from 'node:fs/promises';
import type { Ablation } from '../ablate/ablation.ts';
import { computeOptimal } from '../allocate/compute-optimal.ts';
import { ScalingLawsError } from '../errors.ts';
import type { Hitchhike } from '../families/hitchhike-plan.ts';
import type { Fit } from '../fit/fit.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { fileReason } from '../node/file-reason.ts';
import { SWEEP_SCHEMA, type Sweep, sweep } from '../plan/sweep.ts';
import type { Figure, ResidualsOf } from '../plot.ts';
import type { Runs } from '../runs/runs.ts';
import { isRecord } from '../tables/table.ts';
import { given } from './flags.ts';
import { type Io, stdinText } from './io.ts';
import type { LawSource } from './law-argument.ts';
import { redraw } from './long-work.ts';
import { type ProblemSaid, withSomeGoal } from './plan-flags.ts';
import { problemOf } from './plan-problem.ts';

/** What the flags of `plot` say, beside those of every figure. */
export interface PlotSaid extends LawSource {
  readonly of?: ResidualsOf;
  readonly C?: number;
  readonly coefficient?: string;
  readonly group?: string;
  readonly facet?: boolean;
  readonly problem: ProblemSaid;
  readonly bootstrap: Parameters<typeof redraw>[2];
}

/** What a figure is made from: the words of the command line, and how to read what they name. */
interface Sources {
  readonly from: string;
  readonly said: PlotSaid;
  readonly io: Io;
  /** FROM as a law, or as a saved fit. */
  readonly law: () => Promise<FittedLaw<string>>;
  readonly savedFit: () => Promise<Fit>;
  /** The rows of FILE. @throws {ScalingLawsError} `E_FILE` if there is none. */
  readonly rows: () => Promise<Runs>;
  /** The same, where FILE may be left out. */
  readonly rowsIfAny: () => Promise<Runs | undefined>;
}

/** A kind of figure, and what it takes beside FROM. */
export interface FigureKind {
  readonly draw: (plot: typeof import('../plot.ts'), sources: Sources) => Promise<Figure>;
  /** Whether it shows the runs of FILE. */
  readonly file?: true;
  /** Flags that say something about this kind, and nothing about one without them. */
  readonly flags?: readonly string[];
}

const BOOTSTRAP = ['bootstrap', 'resample', 'seed', 'workers'] as const;

/** Inference tokens and Chinchilla-style sizes around those of figure 1 of Sardana et al. 2024. */
const DEMANDS = [1e10, 1e14, 17] as const;
const SIZES = [1e9, 1e11, 13] as const;

/** All kinds, by name. */
export const plotKinds: Readonly<Record<string, FigureKind>> = {
  'loss-by-compute': {
    file: true,
    draw: async (plot, { law, rowsIfAny }) => plot.lossByCompute(await law(), await rowsIfAny()),
  },
  isoflop: {
    file: true,
    flags: ['group'],
    draw: async (plot, { law, rows, said: { group } }) =>
      plot.isoFlopProfiles(await rows(), { law: await law(), ...given({ group }) }),
  },
  surface: {
    file: true,
    flags: ['flops'],
    draw: async (plot, { law, rowsIfAny, said: { C } }) => {
      const shown = await law();
      const optimum = C === undefined ? undefined : computeOptimal(shown, { C });
      return plot.lossSurface(shown, given({ runs: await rowsIfAny(), optimum }));
    },
  },
  predicted: {
    file: true,
    draw: async (plot, { savedFit, rows }) => plot.predictedByObserved(await savedFit(), await rows()),
  },
  residuals: {
    file: true,
    flags: ['of'],
    draw: async (plot, { savedFit, rows, said: { of = 'D' } }) =>
      plot.residualsAgainst(await savedFit(), await rows(), of),
  },
  marginals: {
    file: true,
    flags: BOOTSTRAP,
    draw: async (plot, sources) => plot.bootstrapMarginals(await bootstrapOf(sources)),
  },
  pairs: {
    file: true,
    flags: BOOTSTRAP,
    draw: async (plot, sources) => plot.bootstrapPairs(await bootstrapOf(sources)),
  },
  ablation: {
    flags: ['coefficient'],
    draw: async (plot, { from, io, said: { coefficient } }) =>
      plot.ablationForest(await savedAblation(from, io), given({ coefficient })),
  },
  map: {
    flags: ['facet'],
    draw: async (plot, { from, io, said: { facet } }) => {
      const data = await jsonFrom(from, io);
      if (isRecord(data) && Array.isArray(data.families)) {
        return plot.hitchhikeMap(data as unknown as Hitchhike, given({ facet }));
      }
      return plot.ablationMap(ablationIn(data, from));
    },
  },
  ratios: {
    flags: ['inference-tokens'],
    draw: async (plot, sources) => plot.ratioMaps(await sweepOf(sources)),
  },
  cost: {
    flags: ['target-loss', 'inference-tokens'],
    draw: async (plot, sources) => plot.costBySize(await problemFrom(sources)),
  },
  constraints: {
    flags: ['target-loss', 'inference-tokens'],
    draw: async (plot, sources) => plot.constrainedFrontier(await problemFrom(sources)),
  },
};

/** The bootstrap of FIT to the rows of FILE. */
async function bootstrapOf({ savedFit, said, io, rows }: Sources) {
  return redraw(await savedFit(), await rows(), said.bootstrap, io);
}

const problemFrom = ({ from, said, io }: Sources) => problemOf(from, said.problem, said, io);

/** A saved sweep, or the one over demand and quality of a problem. */
async function sweepOf({ from, said, io }: Sources): Promise<Sweep> {
  const saved = from.endsWith('.json') || from === '-' ? await jsonFrom(from, io) : undefined;
  if (isRecord(saved) && saved.schema === SWEEP_SCHEMA) return saved as unknown as Sweep;
  const read = { ...io, stdin: async () => JSON.stringify(saved) };
  const problem = await problemOf(from, withSomeGoal(said.problem), said, read);
  return sweep(problem, {
    x: { of: 'demand', values: spread(DEMANDS) },
    y: { of: 'quality', values: spread(SIZES) },
  });
}

const spread = ([from, to, points]: readonly [number, number, number]): number[] =>
  Array.from({ length: points }, (_, i) => from * (to / from) ** (i / (points - 1)));

/** The ablation that `scaling-laws ablate --json` printed. */
const savedAblation = async (from: string, io: Io): Promise<Ablation> => ablationIn(await jsonFrom(from, io), from);

function ablationIn(data: unknown, from: string): Ablation {
  if (isRecord(data) && Array.isArray(data.rows) && data.rows.every((row) => isRecord(row) && isRecord(row.choice))) {
    return data as unknown as Ablation;
  }
  throw new ScalingLawsError(
    'E_FORMAT',
    `${from}: must be the JSON of scaling-laws ablate --json, got something else`,
    {},
  );
}

async function jsonFrom(from: string, io: Io): Promise<unknown> {
  try {
    return JSON.parse(from === '-' ? await stdinText(io) : await readFile(from, 'utf8'));
  } catch (error) {
    throw new ScalingLawsError('E_FILE', `${from}: must be a file of JSON, got ${fileReason(error)}`, { path: from });
  }
}
