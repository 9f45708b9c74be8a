/** Kinds of figures on the command line: what each is drawn from, and which flags say something about it. */

import { readFile } from 'node:fs/promises';
import type { Ablation } from '../ablate/ablate.ts';
import { computeOptimal } from '../allocate/compute-optimal.ts';
import { ScalingLawsError } from '../errors.ts';
import { fileReason } from '../node/file-reason.ts';
import { bootstrapParallel } from '../node.ts';
import { SWEEP_SCHEMA, type Sweep, sweep } from '../plan/sweep.ts';
import type { Figure, ResidualsOf } from '../plot.ts';
import type { Runs } from '../runs/runs.ts';
import { type BootstrapFlags, bootstrapOf } from './bootstrap-flags.ts';
import { given } from './flags.ts';
import type { Io } from './io.ts';
import { lawFrom, savedFitFrom } from './law-argument.ts';
import { longWork } from './long-work.ts';
import { problemOf } from './plan-problem.ts';
import type { ColumnFlags } from './row-flags.ts';

/** Values of the flags of `plot`. */
export interface PlotFlags extends ColumnFlags, BootstrapFlags {
  readonly kind: string;
  readonly out?: string;
  readonly dark?: true;
  readonly width?: number;
  readonly of?: ResidualsOf;
  readonly flops?: number;
  readonly coefficient?: string;
  readonly group?: string;
  readonly targetLoss?: number;
  readonly inferenceTokens?: number;
}

/** What a figure is made from: the words of the command line, and how to read what they name. */
interface Sources {
  readonly from: string;
  readonly flags: PlotFlags;
  readonly io: Io;
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
  readonly flags?: readonly (keyof PlotFlags)[];
}

const BOOTSTRAP = ['bootstrap', 'resample', 'seed', 'workers'] as const;

/** Inference tokens and Chinchilla-style sizes around those of figure 1 of Sardana et al. 2024. */
const DEMANDS = [1e10, 1e14, 17] as const;
const SIZES = [1e9, 1e11, 13] as const;

/** All kinds, by name. */
export const plotKinds: Readonly<Record<string, FigureKind>> = {
  'loss-by-compute': {
    file: true,
    draw: async (plot, { from, io, rowsIfAny }) => plot.lossByCompute(await lawFrom(from, io), await rowsIfAny()),
  },
  isoflop: {
    file: true,
    flags: ['group'],
    draw: async (plot, { from, io, rows, flags: { group } }) =>
      plot.isoFlopProfiles(await rows(), { law: await lawFrom(from, io), ...given({ group }) }),
  },
  surface: {
    file: true,
    flags: ['flops'],
    draw: async (plot, { from, io, rowsIfAny, flags: { flops: C } }) => {
      const law = await lawFrom(from, io);
      const optimum = C === undefined ? undefined : computeOptimal(law, { C });
      return plot.lossSurface(law, given({ runs: await rowsIfAny(), optimum }));
    },
  },
  predicted: {
    file: true,
    draw: async (plot, { from, io, rows }) => plot.predictedByObserved(await savedFitFrom(from, io), await rows()),
  },
  residuals: {
    file: true,
    flags: ['of'],
    draw: async (plot, { from, io, rows, flags: { of = 'D' } }) =>
      plot.residualsAgainst(await savedFitFrom(from, io), await rows(), of),
  },
  marginals: {
    file: true,
    flags: BOOTSTRAP,
    draw: async (plot, sources) => plot.bootstrapMarginals(await replicatesOf(sources)),
  },
  pairs: {
    file: true,
    flags: BOOTSTRAP,
    draw: async (plot, sources) => plot.bootstrapPairs(await replicatesOf(sources)),
  },
  ablation: {
    flags: ['coefficient'],
    draw: async (plot, { from, io, flags: { coefficient } }) =>
      plot.ablationForest(await savedAblation(from, io), given({ coefficient })),
  },
  ratios: {
    flags: ['inferenceTokens'],
    draw: async (plot, sources) => plot.ratioMaps(await sweepOf(sources)),
  },
  cost: {
    flags: ['targetLoss', 'inferenceTokens'],
    draw: async (plot, sources) => plot.costBySize(await problemFrom(sources)),
  },
  constraints: {
    flags: ['targetLoss', 'inferenceTokens'],
    draw: async (plot, sources) => plot.constrainedFrontier(await problemFrom(sources)),
  },
};

async function replicatesOf({ from, flags, io, rows }: Sources) {
  const { workers } = flags;
  const fit = await savedFitFrom(from, io);
  const runs = await rows();
  const options = bootstrapOf(flags) ?? {};
  return longWork(io, 'bootstrap', (watch) =>
    bootstrapParallel(fit, runs, { ...options, ...given({ workers }), ...watch }),
  );
}

const problemFrom = ({ from, flags: { targetLoss: loss, inferenceTokens }, io }: Sources) =>
  problemOf(from, given({ loss, inferenceTokens }), io);

/** A saved sweep, or the one over demand and quality of a problem. */
async function sweepOf({ from, flags, io }: Sources): Promise<Sweep> {
  const saved = from.endsWith('.json') || from === '-' ? await jsonFrom(from, io) : undefined;
  if (isObject(saved) && saved.schema === SWEEP_SCHEMA) return saved as unknown as Sweep;
  const problem = await problemOf(from, { loss: 1, ...given({ inferenceTokens: flags.inferenceTokens }) }, io);
  return sweep(problem, {
    x: { of: 'demand', values: spread(DEMANDS) },
    y: { of: 'quality', values: spread(SIZES) },
  });
}

const spread = ([from, to, points]: readonly [number, number, number]): number[] =>
  Array.from({ length: points }, (_, i) => from * (to / from) ** (i / (points - 1)));

/** The ablation that `scaling-laws ablate --json` printed. */
async function savedAblation(from: string, io: Io): Promise<Ablation> {
  const data = await jsonFrom(from, io);
  if (isObject(data) && Array.isArray(data.rows) && data.rows.every((row) => isObject(row) && isObject(row.choice))) {
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
    return JSON.parse(from === '-' ? await io.stdin() : await readFile(from, 'utf8'));
  } catch (error) {
    throw new ScalingLawsError('E_FILE', `${from}: must be a file of JSON, got ${fileReason(error)}`, { path: from });
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
