/** `scaling-laws plot`: figures as SVG or PNG. */

import { computeTarget } from '../allocate/compute-optimal.ts';
import { approach2Options } from '../approaches/approach2.ts';
import { refusal, ScalingLawsError } from '../errors.ts';
import { MEASURES } from '../filters/filter.ts';
import { ablationForestOptions, errorMapOptions, svgOptions } from '../plot/options.ts';
import type { Runs } from '../runs/runs.ts';
import { choice, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { byFlags } from './by.ts';
import { command } from './command.ts';
import { workingFlags } from './fit-options.ts';
import { flagSet, given } from './flags.ts';
import { lawFrom, lawSourceFlags, savedFitFrom } from './law-argument.ts';
import { PUBLISHED_NAMES } from './law-names.ts';
import { isStdout, outFile } from './out.ts';
import { COMMON_SETS, saidIn } from './plan-flags.ts';
import { plotKinds } from './plot-kinds.ts';
import { columnFlags, readRows } from './rows.ts';

const KINDS = Object.keys(plotKinds);

const drawing = object('figure', {
  kind: choice(KINDS, { help: 'What to draw; see below.', placeholder: 'kind' }),
  out: outFile('File to write, .svg or .png.', 'SVG on stdout, as for -'),
  dark: optional(yes({ help: 'Draw for a dark page.' })),
  width: svgOptions.entries.width,
});
const figure = object('figure', {
  of: optional(
    choice(MEASURES, { help: 'residuals: Variable against which they are drawn.', placeholder: 'variable' }),
    'D',
  ),
  C: computeTarget.entries.C,
  coefficient: ablationForestOptions.entries.coefficient,
  group: approach2Options.entries.group,
  facet: errorMapOptions.entries.facet,
});

/** The command. */
export const declared = command({
  args: [
    {
      name: 'from',
      help: 'A law, a saved fit, a problem or other JSON, by kind: see below; - reads one from stdin.',
      choices: () => PUBLISHED_NAMES,
      open: true,
    },
    { name: '[file]', help: 'The runs, where the kind shows them.', isTable: true },
  ],
  sets: {
    drawing: flagSet(drawing, { title: 'Drawing', needed: [['kind']] }),
    figure: flagSet(figure, {
      title: 'Figures of one kind, which is named first',
      change: {
        C: { help: 'surface: Training FLOPs of a compute-optimal model to mark.' },
        coefficient: { help: 'ablation: Coefficient to draw.' },
        group: { help: 'isoflop: Column that names the budget of a row.' },
        facet: { help: 'map: A panel for each family, not their mean.' },
      },
    }),
    goal: { ...COMMON_SETS.goal, title: 'Figures of kinds cost, constraints and ratios' },
    demand: { ...COMMON_SETS.demand, title: 'Figures of kinds cost, constraints and ratios' },
    columns: columnFlags,
    law: lawSourceFlags,
    bootstrap: { ...workingFlags, needs: {} },
    by: byFlags,
  },
  notes: `Kinds, and what they are drawn from:
  loss-by-compute   LAW [FILE]   loss against compute: a curve a size, the frontier, the runs of FILE
  isoflop           LAW FILE     loss against size at each budget of FILE, with minima; the law's own profiles dashed
  surface           LAW [FILE]   lines of equal loss over parameters and tokens; --flops marks an optimum
  predicted         FIT FILE     predicted against observed losses
  residuals         FIT FILE     residuals against --of N, D (default), C, tokensPerParam, fraction or loss
  marginals, pairs  FIT FILE     coefficients over bootstrap replicates
  ablation          JSON         of scaling-laws ablate --json: --coefficient, error on unseen rows, optimum
  map               JSON         of scaling-laws hitchhike --json, or of an ablation over two lists: errors by color
  ratios            PROBLEM      best model over Chinchilla-style model; or the JSON of scaling-laws sweep --json
  cost              PROBLEM      cost of the life by size
  constraints       PROBLEM      least cost of each loss, with and without the problem's constraints
LAW is a published law or a saved fit, FIT a saved fit, PROBLEM a law or a problem file (docs/planning.md).`,
  examples: [
    'scaling-laws plot fit.json runs.csv --kind loss-by-compute --out loss.svg',
    'scaling-laws plot fit.json runs.csv --kind residuals --of tokensPerParam --dark --out residuals.svg',
    'scaling-laws plot sardana-2024 --kind cost --target-loss 2.0 --inference-tokens 2T > cost.svg',
  ],
  each: { of: 'fit', all: 'pages', one: 'page' },
  run: async ({ args: [from = '-'], files, flags, values, io, family }) => {
    const { kind = '', out, width, dark } = flags.drawing;
    refuseStrangers(kind, files.length > 0, values.isTyped);
    const form = formOf(out);
    const rowsIfAny = async (): Promise<Runs | undefined> =>
      files.length === 0 ? undefined : readRows(files, flags.columns, io);
    const rows = async (): Promise<Runs> => {
      const found = await rowsIfAny();
      if (found) return found;
      const breach = { argument: `--kind ${kind}`, rule: 'come with FILE, the table of runs', got: 'none' };
      throw new ScalingLawsError('E_FILE', breach);
    };
    // Plot takes longer to load than other commands to run.
    const library = await import('../plot.ts');
    const { plotDocument, pngOfSvg } = await import('../node.ts');
    const drawn = await plotKinds[kind]!.draw(library, {
      from,
      said: {
        ...flags.figure,
        ...flags.law,
        problem: saidIn({ goal: flags.goal, demand: flags.demand }),
        bootstrap: flags.bootstrap,
      },
      io,
      law: () => lawFrom(from, flags.law, io),
      savedFit: () => savedFitFrom(from, flags.law.lawFile, io, family),
      rows,
      rowsIfAny,
    });
    const theme = dark ? 'dark' : 'light';
    const svg = library.renderSvg(drawn, { theme, document: await plotDocument(), ...given({ width }) });
    return { page: form === 'png' ? await pngOfSvg(svg) : svg };
  },
});

/** Refuses what was typed and belongs to other kinds; a config file may hold flags for all of them. */
function refuseStrangers(kind: string, hasFile: boolean, isTyped: (name: string) => boolean): void {
  const refuse = (what: string, owners: readonly string[]): void => {
    if (owners.length === 0 || owners.includes(kind)) return;
    throw refusal(what, `come with --kind ${owners.join(' or ')}`, `--kind ${kind}`);
  };
  if (hasFile) {
    refuse(
      'FILE',
      KINDS.filter((name) => plotKinds[name]!.file),
    );
  }
  for (const flag of new Set(KINDS.flatMap((name) => plotKinds[name]!.flags ?? []))) {
    const owners = KINDS.filter((name) => plotKinds[name]!.flags?.includes(flag));
    if (isTyped(flag)) refuse(`--${flag}`, owners);
  }
}

function formOf(out: string | undefined): 'svg' | 'png' {
  if (isStdout(out) || out.toLowerCase().endsWith('.svg')) return 'svg';
  if (out.toLowerCase().endsWith('.png')) return 'png';
  throw refusal('--out', 'end in .svg or .png', out);
}
