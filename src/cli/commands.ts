/** All commands, in the order in which help lists them. A command is loaded when it runs. */

import type { Declared, Spec } from './command.ts';

/** A command as help lists it, and where the rest of it is. */
export interface Listed {
  readonly name: string;
  readonly description: string;
  readonly load: () => Promise<Spec>;
}

const listed = (name: string, description: string, load: () => Promise<Declared>): Listed => ({
  name,
  description,
  load: async () => ({ name, description, ...(await load()) }),
});

/** The commands. */
export const COMMANDS: readonly Listed[] = [
  listed(
    'answer',
    'what to train, from a table of runs: fit, intervals, diagnosis, other cuts, and what to run next',
    async () => (await import('./whole-answer.ts')).answer,
  ),
  listed(
    'fit',
    'fit a scaling law to a table of runs; without --law, L(N, D) = E + A / N^alpha + B / D^beta',
    async () => (await import('./fit.ts')).fit,
  ),
  listed(
    'diagnose',
    'what is wrong with a fit: its design, its optimum, its residuals; and what to do',
    async () => (await import('./diagnose.ts')).diagnose,
  ),
  listed(
    'profile',
    'the profile-likelihood interval of a coefficient: all others adapt to each of its values',
    async () => (await import('./profile.ts')).profile,
  ),
  listed(
    'test',
    'test whether the rows behind a fit could come from another law',
    async () => (await import('./test-against.ts')).testAgainst,
  ),
  listed(
    'ablate',
    'fit to several cuts of the runs, or in several ways, and see how each predicts what it has not seen',
    async () => (await import('./ablate.ts')).ablate,
  ),
  listed(
    'choose',
    'fit several laws to one part of the runs, and rank them by how they predict the other',
    async () => (await import('./choose.ts')).choose,
  ),
  listed(
    'roll-out',
    'fit the smaller runs and predict the next larger ones, step by step',
    async () => (await import('./roll-out.ts')).rollOut,
  ),
  listed(
    'leave-out',
    'leave each model size, or each run, out once, and predict it from all others',
    async () => (await import('./leave-out.ts')).leaveOut,
  ),
  listed(
    'approaches',
    'the three approaches of Hoffmann et al. side by side: exponents, and the optimum for a budget',
    async () => (await import('./approaches.ts')).approaches,
  ),
  listed(
    'fit-families',
    'fit a law to each family of models, with some coefficients the same in all families',
    async () => (await import('./fit-families.ts')).fitFamilies,
  ),
  listed(
    'borrow',
    'keep some coefficients of another law and fit the others to a few rows',
    async () => (await import('./borrow.ts')).borrow,
  ),
  listed(
    'predict',
    'the loss of a model, or the tokens or parameters that reach a loss',
    async () => (await import('./predict.ts')).predict,
  ),
  listed(
    'predict-run-end',
    'the loss at the end of a run that is still being trained, from its checkpoints and other models',
    async () => (await import('./predict-run-end.ts')).predictRunEnd,
  ),
  listed(
    'hitchhike',
    'how many models of a family, how far trained, it takes to predict the largest of them',
    async () => (await import('./hitchhike.ts')).hitchhike,
  ),
  listed(
    'downstream',
    'fit a link from loss to benchmark error, and ask it for the accuracy of a model',
    async () => (await import('./downstream.ts')).downstream,
  ),
  listed(
    'optimal',
    'the best model for a budget, or the cheapest for a loss: in training, over its life, or in dollars',
    async () => (await import('./optimal.ts')).optimal,
  ),
  listed(
    'plan',
    'the best model for a loss or a budget, a demand, a cost and constraints',
    async () => (await import('./plan.ts')).plan,
  ),
  listed(
    'sweep',
    'a plan over one or two of its numbers: heat maps as data',
    async () => (await import('./sweep.ts')).sweep,
  ),
  listed(
    'design',
    'which runs to train next, so that a loss, a best size or a coefficient is known best for the FLOPs',
    async () => (await import('./design.ts')).design,
  ),
  listed(
    'plot',
    'figures of a fit, its rows and its decisions, as SVG or PNG',
    async () => (await import('./plot.ts')).plot,
  ),
  listed(
    'report',
    'one page of HTML: data, filters, coefficients, diagnosis, figures, optimum, sources',
    async () => (await import('./report.ts')).report,
  ),
  listed(
    'laws',
    'list the forms that can be fitted, and the published laws: name, coefficients, source',
    async () => (await import('./laws.ts')).laws,
  ),
  listed(
    'hardware',
    'list the known GPUs: dense peaks, memory, bandwidth, power, price',
    async () => (await import('./hardware.ts')).hardware,
  ),
  listed(
    'demo',
    'fit, predict and decide on bundled runs whose law is known',
    async () => (await import('./demo.ts')).demo,
  ),
  listed('init', 'write a config file with every flag, commented out', async () => (await import('./init.ts')).init),
  listed(
    'completion',
    'print a script that completes commands and flags in your shell',
    async () => (await import('./completion.ts')).completion,
  ),
];

/** The declarations of all commands, or of those named. */
export const loaded = (names?: readonly string[]): Promise<readonly Spec[]> =>
  Promise.all(COMMANDS.filter(({ name }) => names?.includes(name) ?? true).map(({ load }) => load()));
