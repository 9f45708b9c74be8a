/** `scaling-laws optimal`: how large a model, on how many tokens; for training alone, for its whole life, or in dollars. */

import { type Command, Option } from 'commander';
import { computeOptimal } from '../allocate/compute-optimal.ts';
import { type InferenceOptimum, inferenceOptimal } from '../allocate/inference-optimal.ts';
import { DEFAULT_MFU } from '../inference/deployment.ts';
import { type GpuName, gpus } from '../inference/gpus.ts';
import type { Dtype } from '../inference/hardware.ts';
import { extrapolationFindings } from '../judge/extrapolation.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { type CostOptimum, type CostTarget, costOptimal } from '../plan/cost-optimal.ts';
import { NOT_NEGATIVE, numberFlag, POSITIVE, type Rule, SHARE } from './flags.ts';
import { type Io, printJson, printLines, printWarnings, UsageError } from './io.ts';
import { LAW_HELP, lawFrom } from './law-argument.ts';
import { type AnyOptimum, optimumInWords } from './optimum-words.ts';

interface Flags {
  readonly flops?: number;
  readonly loss?: number;
  readonly inferenceTokens?: number;
  readonly requests?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly trainGpu?: GpuName;
  readonly trainGpuPrice?: number;
  readonly trainMfu?: number;
  readonly inferenceGpu?: GpuName;
  readonly inferenceGpuPrice?: number;
  readonly inferenceDtype?: Dtype;
  readonly prefillMfu?: number;
  readonly decodeMfu?: number;
  readonly json?: true;
}

const DOLLARS_NEED = ['requests', 'inputTokens', 'outputTokens', 'trainGpu', 'inferenceGpu'] as const;
const DOLLARS_MAY = [
  'trainGpuPrice',
  'trainMfu',
  'inferenceGpuPrice',
  'inferenceDtype',
  'prefillMfu',
  'decodeMfu',
] as const;

const EXAMPLES = `
Examples:
  scaling-laws optimal hoffmann-2022 --flops 1e24
  scaling-laws optimal fit.json --loss 1.947 --inference-tokens 2T
  scaling-laws optimal sardana-2024 --loss 1.947 --requests 1e10 --input-tokens 1000 --output-tokens 250 \\
    --train-gpu A100-80 --train-gpu-price 1.40 --inference-gpu A100-40 --inference-gpu-price 0.60 \\
    --inference-dtype int8 --train-mfu 0.5 --prefill-mfu 0.4 --decode-mfu 0.2`;

const PLAIN: Rule = { ...POSITIVE, must: 'a positive number' };
const COUNT: Rule = { ...NOT_NEGATIVE, must: 'a number >= 0 such as 2e12 or 2T' };

/** Adds the command to `program`. */
export function addOptimal(program: Command, io: Io): void {
  const gpuNames = Object.keys(gpus);
  program
    .command('optimal')
    .description('the best model for a budget, or the cheapest for a loss: in training, over its life, or in dollars')
    .argument('<law>', LAW_HELP)
    .optionsGroup('Target (one of):')
    .addOption(numberFlag('--flops <number>', 'training FLOPs to spend: the least loss', POSITIVE))
    .addOption(numberFlag('--loss <number>', 'loss to reach, nats per token: the fewest FLOPs, or dollars', PLAIN))
    .optionsGroup('Inference in FLOPs (with --loss):')
    .addOption(numberFlag('--inference-tokens <count>', 'tokens processed over the life, in and out', COUNT))
    .optionsGroup('Inference in dollars (with --loss):')
    .addOption(numberFlag('--requests <count>', 'requests over the life', COUNT))
    .addOption(numberFlag('--input-tokens <count>', 'tokens read in a request', COUNT))
    .addOption(numberFlag('--output-tokens <count>', 'tokens written in a request', COUNT))
    .addOption(new Option('--train-gpu <gpu>', 'rented for training').choices(gpuNames))
    .addOption(numberFlag('--train-gpu-price <dollars>', "$ per GPU-hour (default: the GPU's own)", PLAIN))
    .addOption(numberFlag('--train-mfu <share>', `share of the peak reached (default: ${DEFAULT_MFU.training})`, SHARE))
    .addOption(new Option('--inference-gpu <gpu>', 'rented for serving').choices(gpuNames))
    .addOption(numberFlag('--inference-gpu-price <dollars>', "$ per GPU-hour (default: the GPU's own)", PLAIN))
    .addOption(
      new Option('--inference-dtype <type>', 'number format in serving (default: bf16)').choices([
        'bf16',
        'fp8',
        'int8',
      ]),
    )
    .addOption(numberFlag('--prefill-mfu <share>', `share reached in reading (default: ${DEFAULT_MFU.prefill})`, SHARE))
    .addOption(numberFlag('--decode-mfu <share>', `share reached in writing (default: ${DEFAULT_MFU.decode})`, SHARE))
    .optionsGroup('Output:')
    .option('--json', 'print the optimum as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, flags: Flags) => {
      const solve = problemOf(flags);
      const law = await lawFrom(name, io);
      const optimum = solve(law);
      if (flags.json) return printJson(io, optimum);
      printLines(io, optimumInWords(optimum));
      printWarnings(
        io,
        extrapolationFindings(law.fittedRange, { ...optimum, C: optimum.trainingFlops }, 'The optimum'),
      );
    });
}

/** The question that the flags pose; training alone is answered in the shape of a life without inference. */
function problemOf(flags: Flags): (law: FittedLaw) => AnyOptimum {
  const { flops, loss, inferenceTokens } = flags;
  const dollars = [...DOLLARS_NEED, ...DOLLARS_MAY].filter((name) => flags[name] !== undefined);
  if ((flops === undefined) === (loss === undefined)) {
    throw new UsageError(
      `optimal must have one of --flops and --loss, got ${flops === undefined ? 'neither' : 'both'}`,
    );
  }
  const inference = inferenceTokens === undefined ? dollars.map(flagOf) : ['--inference-tokens'];
  if (loss === undefined) {
    if (inference.length > 0) throw new UsageError(`${inference[0]} must come with --loss, got --flops`);
    return (law) => trainingAlone(computeOptimal(law, { C: flops! }));
  }
  if (inferenceTokens !== undefined) {
    if (dollars.length > 0) {
      throw new UsageError(
        `inference must be in FLOPs or in dollars, got --inference-tokens and ${flagOf(dollars[0]!)}`,
      );
    }
    return (law): InferenceOptimum => inferenceOptimal(law, { loss, Dinf: inferenceTokens });
  }
  if (dollars.length === 0) return (law) => trainingAlone(computeOptimal(law, { loss }));
  const missing = DOLLARS_NEED.filter((name) => flags[name] === undefined);
  if (missing.length > 0) {
    throw new UsageError(
      `inference in dollars must have ${missing.map(flagOf).join(', ')} beside ${flagOf(dollars[0]!)}`,
    );
  }
  return (law): CostOptimum => costOptimal(law, costTarget(loss, flags));
}

const trainingAlone = <T extends { readonly trainingFlops: number }>(
  optimum: T,
): T & { inferenceFlops: 0; totalFlops: number } => ({
  ...optimum,
  inferenceFlops: 0,
  totalFlops: optimum.trainingFlops,
});

function costTarget(loss: number, flags: Flags): CostTarget {
  return {
    loss,
    demand: { requests: flags.requests, inputTokens: flags.inputTokens, outputTokens: flags.outputTokens },
    training: { gpu: flags.trainGpu!, pricePerHour: flags.trainGpuPrice, mfu: flags.trainMfu },
    serving: {
      gpu: flags.inferenceGpu!,
      weights: flags.inferenceDtype,
      pricePerHour: flags.inferenceGpuPrice,
      view: { kind: 'flops', prefillMfu: flags.prefillMfu, decodeMfu: flags.decodeMfu },
    },
  };
}

const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
