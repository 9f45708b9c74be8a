/** Which of several laws predicts held-out runs best, and do the runs suffice to say so? */

import { type Finding, finding } from '../finding.ts';
import { interval, listed, percent } from '../words.ts';

/** A law of a ranking, with how much further off it is than the first. */
interface Ranked {
  readonly name: string;
  readonly difference: {
    readonly estimate: number;
    readonly lower: number | null;
    readonly upper: number | null;
    readonly level: number;
    readonly units: number;
    readonly verdict: 'better' | 'worse' | 'undecided';
  } | null;
}

/** One finding for each law but the first, and one on all together where none is better; none without rivals. */
export function choiceFindings([first, ...others]: readonly Ranked[]): Finding[] {
  if (!first || others.length === 0) return [];
  const rivals = others.map(({ name, difference }) => differenceFinding(name, first.name, difference!));
  if (others.some(({ difference }) => difference!.verdict === 'better')) return rivals;
  const tied = [first, ...others.filter(({ difference }) => difference!.verdict === 'undecided')].map(
    ({ name }) => name,
  );
  const verdict =
    tied.length === 1
      ? finding('W_BEST_LAW', `${first.name} predicts these rows best.`, { severity: 'note', about: tied })
      : finding('W_LAWS_TIED', `These runs cannot tell ${listed(tied)} apart.`, {
          severity: 'note',
          about: tied,
          advice: 'Take the one with the fewest coefficients, or train larger models.',
        });
  return [...rivals, verdict];
}

function differenceFinding(
  name: string,
  first: string,
  { estimate, lower, upper, level, units }: NonNullable<Ranked['difference']>,
): Finding {
  const points = (share: number): string => (100 * share).toFixed(2);
  const than = `${name} is ${points(Math.abs(estimate))} points of relative error ${estimate > 0 ? 'worse' : 'better'} than ${first}`;
  const message =
    lower === null || upper === null
      ? `${than} on one held-out run, which decides nothing.`
      : `${than} (${percent(level)} interval of the difference ${interval([lower, upper], points)}, ${units} held-out runs).`;
  return finding('W_LAW_DIFFERENCE', message, {
    severity: 'note',
    about: [name, first],
    evidence: { estimate, lower, upper },
  });
}
