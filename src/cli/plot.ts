/** `scaling-laws plot`: figures as SVG or PNG. */

import { type Command, Option } from 'commander';
import { ScalingLawsError } from '../errors.ts';
import { plotDocument, pngOfSvg } from '../node.ts';
import type { Runs } from '../runs/runs.ts';
import { addBootstrapFlags } from './bootstrap-flags.ts';
import { given, numberFlag, oneOfFlag, POSITIVE } from './flags.ts';
import { type Io, UsageError } from './io.ts';
import { isStdout, writeOut } from './out.ts';
import { type FigureKind, type PlotFlags, plotKinds } from './plot-kinds.ts';
import { addColumnFlags, readRows } from './row-flags.ts';

const KIND_NAMES = Object.keys(plotKinds);

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
    .addOption(oneOfFlag('--kind <kind>', `what to draw: ${KIND_NAMES.join(', ')}`, KIND_NAMES).makeOptionMandatory())
    .option('--out <file>', 'where to write, .svg or .png (default, and -: SVG on stdout)')
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
      .addOption(numberFlag('--inference-tokens <count>', 'ratios, cost, constraints: tokens over the life', POSITIVE)),
  );
  addBootstrapFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (from: string, file: string | undefined, flags: PlotFlags) => {
      refuseStrangers(command, flags.kind, file);
      const form = formOf(flags.out);
      if (from === '-' && file === '-') throw new UsageError('one of FROM and FILE must be a file, got - for both');
      const rowsIfAny = async (): Promise<Runs | undefined> =>
        file === undefined ? undefined : readRows(file, flags, io);
      const rows = async (): Promise<Runs> => {
        const found = await rowsIfAny();
        if (found) return found;
        throw new ScalingLawsError(
          'E_FILE',
          `--kind ${flags.kind} must come with FILE, the table of runs, got none`,
          {},
        );
      };
      // Plot takes longer to load than other commands to run.
      const plot = await import('../plot.ts');
      const figure = await plotKinds[flags.kind]!.draw(plot, { from, flags, io, rows, rowsIfAny });
      const { width, dark } = flags;
      const svg = plot.renderSvg(figure, {
        theme: dark ? 'dark' : plot.DEFAULT_THEME,
        document: await plotDocument(),
        ...given({ width }),
      });
      if (isStdout(flags.out)) return io.stdout(svg);
      await writeOut(flags.out, form === 'png' ? await pngOfSvg(svg) : svg);
    });
}

/** Refuses what was typed and belongs to other kinds; a config file may hold flags for all of them. */
function refuseStrangers(command: Command, kind: string, file: string | undefined): void {
  const refuse = (what: string, takes: (one: FigureKind) => unknown): void => {
    const owners = KIND_NAMES.filter((name) => takes(plotKinds[name]!));
    if (owners.length === 0 || owners.includes(kind)) return;
    throw new UsageError(`${what} must come with --kind ${owners.join(' or ')}, got --kind ${kind}`);
  };
  if (file !== undefined) refuse('FILE', (one) => one.file);
  for (const option of command.options) {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== 'cli') continue;
    refuse(option.long!, ({ flags = [] }) => (flags as readonly string[]).includes(name));
  }
}

function formOf(out: string | undefined): 'svg' | 'png' {
  if (isStdout(out) || /\.svg$/i.test(out)) return 'svg';
  if (/\.png$/i.test(out)) return 'png';
  throw new UsageError(`--out must end in .svg or .png, got ${out}`);
}
