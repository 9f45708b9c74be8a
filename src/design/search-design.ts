/**
 * Which runs to choose, each at a price, so that a goal has the least variance within a budget.
 *
 *     minimise  c' (M + lambda I)^-1 c,   M = sum of count_j z_j z_j'   subject to   sum of count_j cost_j <= budget
 *
 * Greedy first: add what lowers the variance most, and most per FLOP. Then exchange (Fedorov 1972): take a run out and refill, or put
 * one in, shed the least valuable and refill, until no such move helps. A local optimum, checked in tests against all designs of small
 * problems. Lambda is there for designs that do not yet see every direction of the goal: their variance is finite, and falls.
 */

/** Candidates, prices, limits. */
export interface DesignProblem {
  readonly dimension: number;
  /** Derivative of each candidate, whitened: over all candidates, sum z z' is about the unit matrix. */
  readonly runs: readonly Float64Array[];
  /** Price of each candidate, > 0. */
  readonly costs: readonly number[];
  /** How often one candidate may be chosen. */
  readonly most: number;
  /** Information there is already, n x n, row-major. */
  readonly base: Float64Array;
  /** Gradient of the goal, whitened. */
  readonly goal: Float64Array;
}

/** Functions over one problem. */
export interface DesignSearch {
  /** The best counts found for `budget`, from nothing and from `start`. */
  best(budget: number, start: Int32Array): Int32Array;
  /** Variance of the goal in units of the noise's; null where these runs do not determine it. */
  variance(counts: Int32Array): number | null;
}

/** Lambda: far below what any useful run adds, far above rounding. */
const RIDGE = 1e-10;
/** A move must lower the variance by this share to count. */
const BETTER = 1e-6;
const MOST_PASSES = 30;

interface State {
  readonly counts: Int32Array;
  readonly information: Float64Array;
  readonly spent: number;
  readonly variance: number;
}

export function designSearch({ dimension: n, runs, costs, most, base, goal }: DesignProblem): DesignSearch {
  const factor = new Float64Array(n * n);
  const y = new Float64Array(n);

  /** c' (M + ridge I)^-1 c, with M = `information` + `times` z z'. */
  function varianceWith(information: Float64Array, z: Float64Array | undefined, times: number, ridge = RIDGE): number {
    let total = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = information[i * n + j]! + (z ? times * z[i]! * z[j]! : 0);
        if (i === j) sum += ridge;
        for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
        // Taking out what was put in leaves rounding, which may be negative.
        factor[i * n + j] = i === j ? Math.sqrt(Math.max(sum, ridge / 2)) : sum / factor[j * n + j]!;
      }
      let rest = goal[i]!;
      for (let k = 0; k < i; k++) rest -= factor[i * n + k]! * y[k]!;
      y[i] = rest / factor[i * n + i]!;
      total += y[i]! ** 2;
    }
    return total;
  }

  function stateOf(counts: Int32Array): State {
    const information = Float64Array.from(base);
    let spent = 0;
    counts.forEach((count, j) => {
      if (count === 0) return;
      const z = runs[j]!;
      for (let i = 0; i < n; i++)
        for (let k = 0; k < n; k++) information[i * n + k] = information[i * n + k]! + count * z[i]! * z[k]!;
      spent += count * costs[j]!;
    });
    return { counts, information, spent, variance: varianceWith(information, undefined, 0) };
  }

  const moved = ({ counts }: State, j: number, by: 1 | -1): State =>
    stateOf(counts.map((count, k) => (k === j ? count + by : count)));

  /** Adds runs while one fits, each time the one of greatest gain, or of greatest gain per FLOP. */
  function fill(from: State, budget: number, perFlop: boolean): State {
    for (let state = from; ; ) {
      let chosen = -1;
      let top = 0;
      for (let j = 0; j < runs.length; j++) {
        if (state.counts[j]! >= most || state.spent + costs[j]! > budget) continue;
        const gain = state.variance - varianceWith(state.information, runs[j]!, 1);
        const worth = perFlop ? gain / costs[j]! : gain;
        if (worth > top) [chosen, top] = [j, worth];
      }
      if (chosen < 0) return state;
      state = moved(state, chosen, 1);
    }
  }

  /** Takes runs out until the budget holds, each time the one that is missed least per FLOP. */
  function shed(from: State, budget: number, keep: number): State {
    let state = from;
    while (state.spent > budget) {
      let chosen = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let j = 0; j < runs.length; j++) {
        if (state.counts[j]! === (j === keep ? 1 : 0)) continue;
        const price = (varianceWith(state.information, runs[j]!, -1) - state.variance) / costs[j]!;
        if (price < least) [chosen, least] = [j, price];
      }
      state = moved(state, chosen, -1);
    }
    return state;
  }

  function exchange(from: State, budget: number): State {
    let best = from;
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      const before = best.variance;
      for (let j = 0; j < runs.length; j++) {
        for (const by of [-1, 1] as const) {
          if (by < 0 ? best.counts[j] === 0 : best.counts[j]! >= most || costs[j]! > budget) continue;
          const other = by < 0 ? moved(best, j, -1) : shed(moved(best, j, 1), budget, j);
          for (const perFlop of [true, false]) {
            const trial = fill(other, budget, perFlop);
            if (trial.variance < best.variance * (1 - BETTER)) best = trial;
          }
        }
      }
      if (best.variance === before) break;
    }
    return best;
  }

  return {
    best(budget, start) {
      const nothing = stateOf(new Int32Array(runs.length));
      const states = [fill(nothing, budget, true), fill(nothing, budget, false), fill(stateOf(start), budget, true)];
      return states
        .map((state) => exchange(state, budget))
        .reduce((low, state) => (state.variance < low.variance ? state : low)).counts;
    },
    variance(counts) {
      const { information, variance } = stateOf(counts);
      // Where a direction of the goal is not seen, the variance is as large as lambda is small.
      return varianceWith(information, undefined, 0, 10 * RIDGE) > variance / 2 ? variance : null;
    },
  };
}
