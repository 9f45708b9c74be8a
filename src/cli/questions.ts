/** Flags that say how fits are judged: rows that none of them sees, points at which each predicts, optima. */

import type { OptimumTarget } from '../ablate/answers.ts';
import { refusal } from '../errors.ts';
import { DEFAULT_LAST_SHARE, type HoldOut } from '../hold-out/split.ts';
import type { PlanePoint } from '../predict/predictor.ts';
import { parseQuantity } from '../runs/quantity.ts';
import { list, notNegative, positive } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { type Flag, type FlagSet, flagSet } from './flags.ts';

const holdOutFlag: Flag = {
  name: 'hold-out',
  path: 'holdOut',
  placeholder: 'rows',
  help: `Rows that no fit sees: largest-N:SIZES, largest-D:SHARE or last-of-largest:SHARE. Default: 1 size, ${DEFAULT_LAST_SHARE}.`,
  isMany: false,
  read: (texts) => holdOutIn(texts.at(-1)!),
};

/** The flag for rows that no fit sees. */
export const holdOutFlags: FlagSet<HoldOut | undefined> = {
  title: 'Judgement',
  flags: [holdOutFlag],
  of: (values) => values.get('hold-out') as HoldOut | undefined,
};

function holdOutIn(of: string): HoldOut {
  const [kind = '', part, ...more] = of.split(':');
  const number = part === undefined ? undefined : parseQuantity(part);
  const share = number ?? DEFAULT_LAST_SHARE;
  const isShare = share > 0 && share < 1;
  if (more.length === 0) {
    if (kind === 'largest-N') {
      if (number === undefined || (Number.isSafeInteger(number) && number >= 1)) return { kind, sizes: number ?? 1 };
      throw refusal(`--hold-out ${kind}`, 'be followed by a number of sizes >= 1', part);
    }
    if (kind === 'largest-D' && isShare) return { kind, fraction: share };
    if (kind === 'last-of-largest' && isShare) return { kind, share };
    if (kind === 'largest-D' || kind === 'last-of-largest') {
      throw refusal(`--hold-out ${kind}`, 'be followed by a share above 0 and below 1', part);
    }
  }
  throw refusal('--hold-out', 'be largest-N:SIZES, largest-D:SHARE or last-of-largest:SHARE', of);
}

const questions = object('questions', {
  flops: optional(list(positive('FLOPs'), { help: 'Ask every fit for its optimum for so many training FLOPs.' })),
  targetLoss: optional(
    positive('nats per token', {
      help: 'Ask every fit for its optimum for this loss, in nats per token.',
      placeholder: 'loss',
    }),
  ),
  inferenceTokens: optional(
    notNegative('tokens', { help: 'Tokens served over the life of the optimum for --target-loss. Default: 0.' }),
  ),
});

const asked = flagSet(questions, {
  title: 'Questions to every fit',
  needs: { 'inference-tokens': ['target-loss'] },
});

/** What every fit is asked. */
export interface Questions {
  readonly predictAt?: readonly PlanePoint[];
  readonly optimumAt?: readonly OptimumTarget[];
}

/** Flags of the questions to every fit. */
export const questionFlags: FlagSet<Questions> = {
  ...asked,
  flags: [
    {
      name: 'predict-at',
      path: 'predictAt',
      placeholder: 'N,D',
      help: 'Ask every fit for the loss of N parameters on D tokens; again for more points.',
      isMany: true,
      read: (texts) => texts.map(pointIn),
    },
    ...asked.flags,
  ],
  of: (values, names) => {
    const { flops = [], targetLoss: loss, inferenceTokens: Dinf = 0 } = asked.of(values, names);
    const optimumAt = [...flops.map((C) => ({ C })), ...(loss === undefined ? [] : [{ loss, Dinf }])];
    const predictAt = values.get('predict-at') as readonly PlanePoint[] | undefined;
    return { ...(predictAt && { predictAt }), ...(optimumAt.length > 0 && { optimumAt }) };
  },
};

/** Two numbers between a comma: parameters and tokens. */
export function pointIn(pair: string): PlanePoint {
  const [N = Number.NaN, D = Number.NaN, ...more] = pair.split(',').map(parseQuantity);
  if (N > 0 && D > 0 && Number.isFinite(N * D) && more.length === 0) return { N, D };
  throw refusal('predictAt', 'be N,D such as 70B,1.4T', pair);
}
