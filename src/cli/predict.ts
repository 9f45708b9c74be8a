/** `scaling-laws predict`: the loss at a size, or the size for a loss. */

import type { Command } from 'commander';
import { extrapolationFindings } from '../judge/extrapolation.ts';
import { type Prediction, type Predictor, predictor } from '../predict/predictor.ts';
import { count, digits, power } from '../words.ts';
import { numberFlag, POSITIVE } from './flags.ts';
import { type Io, printJson, printLines, printWarnings, UsageError } from './io.ts';
import { LAW_HELP, lawFrom } from './law-argument.ts';

interface Flags {
  readonly N?: number;
  readonly D?: number;
  readonly flops?: number;
  readonly loss?: number;
  readonly json?: true;
}

const EXAMPLES = `
Give two of --N, --D and --flops for the loss, or --loss and one of --N and --D for the other.

Examples:
  scaling-laws predict hoffmann-2022 --N 70B --D 1.4T
  scaling-laws predict fit.json --N 7B --flops 1e23
  scaling-laws predict sardana-2024 --loss 2.0 --N 13B        how many tokens does a 13B model need?`;

/** Adds the command to `program`. */
export function addPredict(program: Command, io: Io): void {
  program
    .command('predict')
    .description('the loss of a model, or the tokens or parameters that reach a loss')
    .argument('<law>', LAW_HELP)
    .addOption(numberFlag('--N <count>', 'parameters', POSITIVE))
    .addOption(numberFlag('--D <count>', 'training tokens', POSITIVE))
    .addOption(numberFlag('--flops <number>', 'training FLOPs, 6 N D', POSITIVE))
    .addOption(
      numberFlag('--loss <number>', 'loss to reach, nats per token', { ...POSITIVE, must: 'a positive number' }),
    )
    .option('--json', 'print the prediction as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, flags: Flags) => {
      const ask = questionOf(flags);
      const law = await lawFrom(name, io);
      const found = ask(predictor(law));
      if (flags.json) return printJson(io, found);
      const { N, D, C, loss, tokensPerParam } = found;
      const model = `${count(N)} parameters on ${count(D)} tokens`;
      const about = `${count(tokensPerParam)} tokens per parameter, ${power(C)} training FLOPs`;
      printLines(io, [
        flags.loss === undefined
          ? `${model}: loss ${digits(loss, 4)} nats per token (${about})`
          : `Loss ${digits(loss, 4)} nats per token: ${model} (${about})`,
      ]);
      printWarnings(io, extrapolationFindings(law.fittedRange, found));
    });
}

/** What two of the four numbers ask for. */
function questionOf({ N, D, flops: C, loss }: Flags): (law: Predictor) => Prediction {
  const number = [N, D, C, loss].filter((value) => value !== undefined).length;
  if (number === 2) {
    if (N !== undefined && D !== undefined) return (law) => law.at({ N, D });
    if (N !== undefined && C !== undefined) return (law) => law.at({ N, C });
    if (D !== undefined && C !== undefined) return (law) => law.at({ D, C });
    if (N !== undefined && loss !== undefined) return (law) => law.tokensFor({ N, loss });
    if (D !== undefined && loss !== undefined) return (law) => law.paramsFor({ D, loss });
  }
  const got = Object.entries({ '--N': N, '--D': D, '--flops': C, '--loss': loss }).flatMap(([flag, value]) =>
    value === undefined ? [] : [flag],
  );
  throw new UsageError(
    'predict must have two of --N, --D and --flops, or --loss and one of --N and --D, ' +
      `got ${got.length > 0 ? got.join(' and ') : 'none'}`,
  );
}
