/** All commands, in the order in which help lists them. */

import { ablate } from './ablate.ts';
import { approaches } from './approaches.ts';
import { borrow } from './borrow.ts';
import { choose } from './choose.ts';
import type { Spec } from './command.ts';
import { completion } from './completion.ts';
import { demo } from './demo.ts';
import { design } from './design.ts';
import { diagnose } from './diagnose.ts';
import { downstream } from './downstream.ts';
import { fit } from './fit.ts';
import { fitFamilies } from './fit-families.ts';
import { hardware } from './hardware.ts';
import { init } from './init.ts';
import { laws } from './laws.ts';
import { leaveOut } from './leave-out.ts';
import { optimal } from './optimal.ts';
import { plan } from './plan.ts';
import { plot } from './plot.ts';
import { predict } from './predict.ts';
import { predictRunEnd } from './predict-run-end.ts';
import { profile } from './profile.ts';
import { report } from './report.ts';
import { rollOut } from './roll-out.ts';
import { sweep } from './sweep.ts';
import { testAgainst } from './test-against.ts';

/** The commands. */
export const COMMANDS: readonly Spec[] = [
  fit,
  diagnose,
  profile,
  testAgainst,
  ablate,
  choose,
  rollOut,
  leaveOut,
  approaches,
  fitFamilies,
  borrow,
  predict,
  predictRunEnd,
  downstream,
  optimal,
  plan,
  sweep,
  design,
  plot,
  report,
  laws,
  hardware,
  demo,
  init,
  completion,
];
