/** Flags that say how an ablation judges its fits: rows that none of them sees, points at which each predicts, optima. */

import { type Command, Option } from 'commander';
import type { OptimumTarget } from '../ablate/answers.ts';
import { DEFAULT_LAST_SHARE, type HoldOut } from '../hold-out/split.ts';
import type { PlanePoint } from '../predict/predictor.ts';
import { integer, listFlag, NOT_NEGATIVE, numberFlag, POSITIVE, parse, type Rule } from './flags.ts';
import { UsageError } from './io.ts';

/** Values of the flags of {@link addQuestionFlags}. */
export interface QuestionFlags {
  readonly holdOut?: HoldOut;
  readonly predictAt?: readonly PlanePoint[];
  readonly flops?: readonly number[];
  readonly targetLoss?: number;
  readonly inferenceTokens?: number;
}

/** Adds the flags to `command`. */
export function addQuestionFlags(command: Command): Command {
  return command
    .optionsGroup('Questions to every fit:')
    .addOption(holdOutFlag())
    .addOption(
      new Option('--predict-at <N,D>', 'its loss for N parameters on D tokens; again for more points').argParser(
        addPoint,
      ),
    )
    .addOption(listFlag('--flops <list>', 'its optimum for so many training FLOPs', POSITIVE, true))
    .addOption(numberFlag('--target-loss <loss>', 'its optimum for this loss', POSITIVE))
    .addOption(
      numberFlag('--inference-tokens <count>', 'served over the life of that optimum (default: 0)', NOT_NEGATIVE),
    );
}

/** The optima that the flags ask every fit for; undefined where they ask for none. */
export function optimumAtOf({
  flops = [],
  targetLoss: loss,
  inferenceTokens,
}: QuestionFlags): readonly OptimumTarget[] | undefined {
  if (loss === undefined && inferenceTokens !== undefined) {
    throw new UsageError(`--inference-tokens must come with --target-loss, got ${inferenceTokens} alone`);
  }
  const targets = [...flops.map((C) => ({ C })), ...(loss === undefined ? [] : [{ loss, Dinf: inferenceTokens ?? 0 }])];
  return targets.length > 0 ? targets : undefined;
}

/** Which rows no fit sees. */
export function holdOutFlag(): Option {
  return new Option(
    '--hold-out <rows>',
    `rows that no fit sees: largest-N[:SIZES], largest-D[:SHARE] or last-of-largest[:SHARE] (default: 1 size, ${DEFAULT_LAST_SHARE})`,
  ).argParser(parseHoldOut);
}

const INSIDE: Rule = { must: 'followed by a share above 0 and below 1', holds: (value) => value > 0 && value < 1 };
const SIZES: Rule = { ...integer(1), must: 'followed by a number of sizes >= 1' };

function parseHoldOut(text: string): HoldOut {
  const [kind = '', part, ...more] = text.split(':');
  const share = (): number => (part === undefined ? DEFAULT_LAST_SHARE : parse(`--hold-out ${kind}`, part, INSIDE));
  if (more.length === 0) {
    if (kind === 'largest-N') {
      return { kind, sizes: part === undefined ? 1 : parse(`--hold-out ${kind}`, part, SIZES) };
    }
    if (kind === 'largest-D') return { kind, fraction: share() };
    if (kind === 'last-of-largest') return { kind, share: share() };
  }
  throw new UsageError(
    `--hold-out must be largest-N:SIZES, largest-D:SHARE or last-of-largest:SHARE, got ${JSON.stringify(text)}`,
  );
}

function addPoint(text: string, before: readonly PlanePoint[] = []): readonly PlanePoint[] {
  const [N, D, ...more] = text.split(',');
  if (N === undefined || D === undefined || more.length > 0) {
    throw new UsageError(`--predict-at must be N,D such as 70B,1.4T, got ${JSON.stringify(text)}`);
  }
  return [...before, { N: parse('N of --predict-at', N, POSITIVE), D: parse('D of --predict-at', D, POSITIVE) }];
}
