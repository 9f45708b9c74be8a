/** Questions to a law in one variable, such as L(C) = E + A / C^alpha: the loss at a value, or the value for a loss. */

import { refusal, ScalingLawsError } from '../errors.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import { bracketedRoot } from '../numeric/root.ts';
import { count, digits, power } from '../words.ts';

/** A point of such a law: its variable and the loss there. */
export type LonePoint = Readonly<Record<string, number>> & { readonly loss: number };

const FLAGS: Readonly<Record<string, string>> = { N: '--N', D: '--D', C: '--flops' };
/** Where a value for a loss is looked for, in its logarithm. */
const MOST = Math.log(1e60);

/** The variable that `law` reads, if it reads one alone and a question can give it. */
export function loneVariable(law: FittedLaw<string>): string | undefined {
  const { variables } = lawOf(law);
  const [only] = variables;
  return variables.length === 1 && only !== undefined && FLAGS[only] ? only : undefined;
}

/** The point that `asked`, a value of the variable or a loss, fixes. */
export function lonePoint(
  law: FittedLaw<string>,
  variable: string,
  asked: Readonly<Record<string, number | undefined>>,
): LonePoint {
  const lossAt = (value: number): number => lawOf(law).value(law.coefficients, { [variable]: value });
  const value = asked[variable];
  if (value !== undefined) return { [variable]: value, loss: lossAt(value) } as LonePoint;
  const { loss } = asked;
  const rule = `have ${FLAGS[variable]} or --target-loss for a law that reads ${variable} alone`;
  if (loss === undefined) throw refusal('the question', rule, Object.keys(asked).join(' and ') || 'none');
  const excess = (logValue: number): number => lossAt(Math.exp(logValue)) - loss;
  if (!(excess(0) > 0 && excess(MOST) < 0)) {
    const least = digits(lossAt(Math.exp(MOST)), 4);
    throw new ScalingLawsError('E_LOSS_UNREACHABLE', { argument: 'loss', rule: `be above ${least}`, got: loss });
  }
  return { [variable]: Math.exp(bracketedRoot(excess, 0, MOST)), loss } as LonePoint;
}

/** The point on one line. */
export function loneInWords(variable: string, point: LonePoint): string {
  const value = point[variable]!;
  const words = { N: `${count(value)} parameters`, D: `${count(value)} tokens`, C: `${power(value)} training FLOPs` };
  return `${words[variable as 'N']}: loss ${digits(point.loss, 5)} nats per token`;
}
