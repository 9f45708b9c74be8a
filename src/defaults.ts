/** What is taken where nothing is said, by station. Where each number comes from stands at the constant that is named here. */

import { DEFAULT_ISO_FLOP_CURVE } from './approaches/approach2.ts';
import { DEFAULT_BUDGET_TOLERANCE } from './approaches/budgets.ts';
import { DEFAULT_MAX_Z } from './approaches/flags.ts';
import { DEFAULT_ENVELOPE_BUDGETS } from './approaches/training-curves.ts';
import { DEFAULT_PROJECTION_GRID } from './approaches/variable-projection.ts';
import { DEFAULT_APPROACH_REPLICATES } from './compare-approaches/compare-approaches.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN, DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN } from './constants.ts';
import { DEFAULT_MINIMUM_SHARE } from './families/predict-run-end.ts';
import { DEFAULT_STRENGTH } from './fit/prior.ts';
import { DEFAULT_SEARCH } from './fit/search.ts';
import { DEFAULT_EXPONENT_GRID } from './fit/starts.ts';
import { DEFAULT_SHAPE_RULE, DEFAULT_TRAINING_BITS } from './flops/shape.ts';
import { deepFreeze } from './freeze.ts';
import { DEFAULT_ROLL_OUT_STEPS } from './hold-out/roll-out.ts';
import { DEFAULT_LAST_SHARE } from './hold-out/split.ts';
import { DEFAULT_INPUT_SHARE } from './inference/demand.ts';
import { DEFAULT_CONTEXT_TOKENS, DEFAULT_DERATES, DEFAULT_MFU } from './inference/deployment.ts';
import { DEFAULT_SSD_BYTES_PER_SECOND } from './inference/offload.ts';
import { DEFAULT_HOP_SECONDS } from './inference/roofline.ts';
import { DEFAULT_QUANTIZATION } from './laws/quantization.ts';
import { DEFAULT_LAW } from './laws/registry.ts';
import { DEFAULT_PENALTY, DEFAULT_SPACE } from './objective/penalty.ts';
import { DEFAULT_SHARES } from './plan/break-even.ts';
import { DEFAULT_PAYMENT, DEFAULT_PUE } from './plan/problem.ts';
import { DEFAULT_ISO_LOSS_POINTS } from './predict/predictor.ts';
import { DEFAULT_ANNEALING, DEFAULT_SCHEDULE } from './simulate/schedule.ts';
import { DEFAULT_NOISE } from './simulate/simulate-runs.ts';
import { DEFAULT_REPLICATES } from './uncertainty/bootstrap.ts';
import { DEFAULT_LEVEL } from './uncertainty/intervals.ts';

/** Defaults of the options, frozen: `defaults.fit.penalty`, `defaults.bootstrap.replicates`, ... */
export const defaults = /* @__PURE__ */ deepFreeze({
  /** C = `perParamToken` N D in training, and `perServedToken` N for each token served, in FLOPs. Kaplan et al. 2020; Sardana et al. 2024. */
  flops: {
    perParamToken: DEFAULT_FLOPS_PER_PARAM_TOKEN,
    perServedToken: DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN,
    trainingBits: DEFAULT_TRAINING_BITS,
  },
  /** `fitScalingLaw`: the fit of Hoffmann et al. 2022, approach 3. */
  fit: {
    law: DEFAULT_LAW,
    penalty: DEFAULT_PENALTY,
    space: DEFAULT_SPACE,
    engine: 'newton',
    search: DEFAULT_SEARCH,
    exponentGrid: DEFAULT_EXPONENT_GRID,
  },
  /** `bootstrap` and `intervals`. */
  bootstrap: { replicates: DEFAULT_REPLICATES, level: DEFAULT_LEVEL },
  /** `predictor(...).isoLoss`. */
  predict: { isoLossPoints: DEFAULT_ISO_LOSS_POINTS },
  /** `plan` and `breakEven`. */
  plan: { payment: DEFAULT_PAYMENT, powerUsageEffectiveness: DEFAULT_PUE, breakEvenShares: DEFAULT_SHARES },
  /** Serving: sustained fractions of the peaks, seconds, and the shape of a model that none describes. */
  serving: {
    inputShare: DEFAULT_INPUT_SHARE,
    contextTokens: DEFAULT_CONTEXT_TOKENS,
    mfu: DEFAULT_MFU,
    ssdBytesPerSecond: DEFAULT_SSD_BYTES_PER_SECOND,
    derates: DEFAULT_DERATES,
    hopSeconds: DEFAULT_HOP_SECONDS,
  },
  /** A model's shape from its parameters alone. */
  shape: DEFAULT_SHAPE_RULE,
  /** `holdOut` and `rollOut`. */
  holdOut: { lastShare: DEFAULT_LAST_SHARE, rollOutSteps: DEFAULT_ROLL_OUT_STEPS },
  /** Hoffmann's approaches, and their comparison. */
  approaches: {
    curve: DEFAULT_ISO_FLOP_CURVE,
    budgetTolerance: DEFAULT_BUDGET_TOLERANCE,
    maxZ: DEFAULT_MAX_Z,
    envelopeBudgets: DEFAULT_ENVELOPE_BUDGETS,
    projectionGrid: DEFAULT_PROJECTION_GRID,
    replicates: DEFAULT_APPROACH_REPLICATES,
  },
  /** Priors, and ends of runs from a family. */
  families: { priorStrength: DEFAULT_STRENGTH, minimumShare: DEFAULT_MINIMUM_SHARE },
  /** Loss added by rounding the weights: Kumar et al. 2024. */
  quantization: DEFAULT_QUANTIZATION,
  /** `simulateRuns`. */
  simulate: { noise: DEFAULT_NOISE, schedule: DEFAULT_SCHEDULE, annealing: DEFAULT_ANNEALING },
});
