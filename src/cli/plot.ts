/** `scaling-laws plot`: figures as SVG or PNG. */

import { readFile, writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { computeOptimal } from '../allocate/compute-optimal.ts';
import { FitError } from '../errors.ts';
import { bootstrapParallel, plotDocument, pngOfSvg } from '../node.ts';
import { SWEEP_SCHEMA, type Sweep, sweep } from '../plan/sweep.ts';
import type { Figure, ResidualsOf } from '../plot.ts';
import { nearest } from '../runs/nearest.ts';
import type { Runs } from '../runs/runs.ts';
import type { Ablation } from '../validate/ablate.ts';
import { addBootstrapFlags, type BootstrapFlags, bootstrapOf } from './bootstrap-flags.ts';
import { given, numberFlag, POSITIVE } from './flags.ts';
import { type Io, UsageError } from './io.ts';
import { lawFrom, savedFitFrom } from './law-argument.ts';
import { longWork } from './long-work.ts';
import { problemOf } from './plan-flags.ts';
import { addColumnFlags, type ColumnFlags, readRows } from './row-flags.ts';

interface Flags extends ColumnFlags, BootstrapFlags {
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
  readonly flags: Flags;
  readonly io: Io;
  /** The rows of FILE. @throws {FitError} `E_FILE` if there is none. */
  readonly rows: () => Promise<Runs>;
  /** The same, where FILE may be left out. */
  readonly rowsIfAny: () => Promise<Runs | undefined>;
}

type Draw = (plot: typeof import('../plot.ts'), sources: Sources) => Promise<Figure>;

/** Inference tokens and Chinchilla-style sizes around those of figure 1 of Sardana et al. 2024. */
const DEMANDS = [1e10, 1e14, 17] as const;
const SIZES = [1e9, 1e11, 13] as const;

const KINDS: Readonly<Record<string, Draw>> = {
  'loss-by-compute': async (plot, { from, io, rowsIfAny }) =>
    plot.lossByCompute(await lawFrom(from, io), await rowsIfAny()),
  isoflop: async (plot, { from, io, rows, flags: { group } }) =>
    plot.isoFlopProfiles(await rows(), { law: await lawFrom(from, io), ...given({ group }) }),
  surface: async (plot, { from, io, rowsIfAny, flags: { flops: C } }) => {
    const law = await lawFrom(from, io);
    const optimum = C === undefined ? undefined : computeOptimal(law, { C });
    return plot.lossSurface(law, given({ runs: await rowsIfAny(), optimum }));
  },
  predicted: async (plot, { from, io, rows }) => plot.predictedByObserved(await savedFitFrom(from, io), await rows()),
  residuals: async (plot, { from, io, rows, flags: { of = 'D' } }) =>
    plot.residualsAgainst(await savedFitFrom(from, io), await rows(), of),
  marginals: async (plot, sources) => plot.bootstrapMarginals(await replicatesOf(sources)),
  pairs: async (plot, sources) => plot.bootstrapPairs(await replicatesOf(sources)),
  ablation: async (plot, { from, io, flags: { coefficient } }) =>
    plot.ablationForest(await savedAblation(from, io), given({ coefficient })),
  ratios: async (plot, sources) => plot.ratioMaps(await sweepOf(sources)),
  cost: async (plot, sources) => plot.costBySize(await problemFrom(sources)),
  constraints: async (plot, sources) => plot.constrainedFrontier(await problemFrom(sources)),
};

const EXAMPLES = `
Kinds, and what they are drawn from:
  loss-by-compute   LAW [FILE]   loss against compute: a curve a size, the frontier, the runs of FILE
  isoflop           LAW FILE     loss against size at each budget of FILE, with minima; the law's own profiles dashed
  surface           LAW [FILE]   lines of equal loss over parameters and tokens; --flops marks an optimum
  predicted         FIT FILE     predicted against observed losses
  residuals         FIT FILE     residuals against --of N, D (default), C, tokensPerParam, fraction or loss
  marginals, pairs  FIT FILE     coefficients over bootstrap replicates
  ablation          JSON         of scaling-laws ablate --json: --coefficient, error on unseen rows, optimum
  ratios            PROBLEM      best model over Chinchilla-style model; or the JSON of scaling-laws sweep --json
  cost              PROBLEM      cost of the life by size
  constraints       PROBLEM      least cost of each loss, with and without the problem's constraints
LAW is a published law or a saved fit, FIT a saved fit, PROBLEM a law or a problem file (docs/planning.md).

Examples:
  scaling-laws plot fit.json runs.csv --kind loss-by-compute --out loss.svg
  scaling-laws plot fit.json runs.csv --kind residuals --of tokensPerParam --dark --out residuals.svg
  scaling-laws plot sardana-2024 --kind cost --target-loss 2.0 --inference-tokens 2T > cost.svg`;

/** Adds the command to `program`. */
export function addPlot(program: Command, io: Io): void {
  const command = program
    .command('plot')
    .description('figures of a fit, its rows and its decisions, as SVG or PNG')
    .argument('<from>', 'a law, a saved fit, a problem or other JSON, by kind: see below; or - for one on stdin')
    .argument('[file]', 'the runs, where the kind shows them')
    .requiredOption('--kind <kind>', `what to draw: ${Object.keys(KINDS).join(', ')}`)
    .option('--out <file>', 'where to write, .svg or .png (default: SVG on stdout)')
    .option('--dark', 'for a dark page')
    .addOption(numberFlag('--width <pixels>', "width (default: the figure's own)", POSITIVE));
  addColumnFlags(
    command
      .optionsGroup('Figure:')
      .addOption(
        new Option('--of <variable>', 'residuals: against what').choices([
          'N',
          'D',
          'C',
          'tokensPerParam',
          'fraction',
          'loss',
        ]),
      )
      .addOption(numberFlag('--flops <number>', 'surface: marks the compute-optimal model', POSITIVE))
      .option('--coefficient <name>', 'ablation: which (default: beta)')
      .option('--group <column>', 'isoflop: names the budget of a row')
      .addOption(numberFlag('--target-loss <loss>', 'cost, constraints: the loss to reach', POSITIVE))
      .addOption(numberFlag('--inference-tokens <count>', 'cost, constraints: tokens over the life', POSITIVE)),
  );
  addBootstrapFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (from: string, file: string | undefined, flags: Flags) => {
      const draw = drawOf(flags.kind);
      const form = formOf(flags.out);
      if (from === '-' && file === '-') throw new UsageError('one of FROM and FILE must be a file, got - for both');
      const rowsIfAny = async (): Promise<Runs | undefined> =>
        file === undefined ? undefined : readRows(file, flags, io);
      const rows = async (): Promise<Runs> => {
        const found = await rowsIfAny();
        if (found) return found;
        throw new FitError('E_FILE', `--kind ${flags.kind} must come with FILE, the table of runs, got none`, {});
      };
      // Plot takes longer to load than other commands to run.
      const plot = await import('../plot.ts');
      const figure = await draw(plot, { from, flags, io, rows, rowsIfAny });
      const { width, dark } = flags;
      const svg = plot.renderSvg(figure, {
        theme: dark ? 'dark' : plot.DEFAULT_THEME,
        document: await plotDocument(),
        ...given({ width }),
      });
      if (flags.out === undefined || flags.out === '-') return io.stdout(svg);
      await write(flags.out, form === 'png' ? await pngOfSvg(svg) : svg);
    });
}

function drawOf(kind: string): Draw {
  if (Object.hasOwn(KINDS, kind)) return KINDS[kind]!;
  const near = nearest(kind, Object.keys(KINDS));
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  throw new UsageError(`--kind must be one of ${Object.keys(KINDS).join(', ')}, got ${JSON.stringify(kind)}${hint}`);
}

function formOf(out = '-'): 'svg' | 'png' {
  if (out === '-' || /\.svg$/i.test(out)) return 'svg';
  if (/\.png$/i.test(out)) return 'png';
  throw new UsageError(`--out must end in .svg or .png, got ${out}`);
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw new FitError('E_FILE', `${path}: the file must be writable, got ${(error as Error).message}`, { path });
  }
}

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
  throw new FitError('E_FORMAT', `${from}: must be the JSON of scaling-laws ablate --json, got something else`, {});
}

async function jsonFrom(from: string, io: Io): Promise<unknown> {
  try {
    return JSON.parse(from === '-' ? await io.stdin() : await readFile(from, 'utf8'));
  } catch (error) {
    throw new FitError('E_FILE', `${from}: must be a file of JSON, got ${(error as Error).message}`, { path: from });
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
