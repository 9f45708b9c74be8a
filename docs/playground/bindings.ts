/** What each control says of the state: how the state is shown in it, and what becomes of the state when somebody moves it. */

import type { RunsSummary } from '../../src/index.ts';
import { drawnCount as count } from '../../src/words.ts';
import { RANGES, type RangeOf, type State } from './state.ts';

/** Steps of a slider from end to end. */
export const STEPS = 200;

/** Steps of the slider of demand: none, then tenths of a power of ten from a billion to a quadrillion tokens. */
export const DEMAND_STEPS = 60;
const DEMAND_FROM = 9;

/** What the runs span; the page reads tables that tell sizes and tokens. */
export type Spans = RunsSummary & Required<Pick<RunsSummary, RangeOf>>;

/** A control and its part of the state. Its value is the text of the native input; `on` or nothing for a box. */
export interface Binding {
  readonly name: string;
  /** What has to be computed anew: everything, or the plan alone. */
  readonly moves: 'fit' | 'plan';
  readonly show: (state: State, spans: Spans) => string;
  readonly take: (value: string, state: State, spans: Spans) => State;
  /** The value in words, for a slider. */
  readonly words?: (state: State, spans: Spans) => string;
}

const numberOf = (value: string): number => Math.max(Number(value), 0) || 0;

/** The value at a step between the ends of a span, evenly in its logarithm, to four digits. */
const atStep = ([low, high]: readonly [number, number], step: number): number =>
  Number((low * (high / low) ** (step / STEPS)).toPrecision(4));

const stepOf = ([low, high]: readonly [number, number], value: number): number =>
  high > low ? Math.min(Math.max(Math.round((STEPS * Math.log(value / low)) / Math.log(high / low)), 0), STEPS) : 0;

/** One end of a range. At the end of its slider it is open; it does not pass the other. */
function rangeEnd(of: RangeOf, end: 0 | 1): Binding {
  const open = end === 0 ? 0 : STEPS;
  return {
    name: `${of}-${end === 0 ? 'min' : 'max'}`,
    moves: 'fit',
    show: ({ ranges }, spans) => String(ranges[of][end] === null ? open : stepOf(spans[of], ranges[of][end])),
    take: (value, state, spans) => {
      const other = state.ranges[of][1 - end]!;
      const chosen = atStep(spans[of], Number(value));
      const within = other === null ? chosen : end === 0 ? Math.min(chosen, other) : Math.max(chosen, other);
      const moved = Number(value) === open ? null : within;
      const range = end === 0 ? ([moved, other] as const) : ([other, moved] as const);
      return { ...state, ranges: { ...state.ranges, [of]: range } };
    },
    words: ({ ranges }, spans) => {
      const value = ranges[of][end];
      return value === null ? `all, ${count(spans[of][end])}` : count(value);
    },
  };
}

export const bindings: readonly Binding[] = [
  {
    name: 'early',
    moves: 'fit',
    show: ({ early }) => String(Math.round(100 * early)),
    take: (value, state) => ({ ...state, early: Number(value) / 100 }),
    words: ({ early }) => `${Math.round(100 * early)}%`,
  },
  {
    name: 'dropTopLoss',
    moves: 'fit',
    show: ({ dropTopLoss }) => String(dropTopLoss),
    take: (value, state) => ({ ...state, dropTopLoss: Math.floor(numberOf(value)) }),
  },
  ...RANGES.flatMap((of) => [rangeEnd(of, 0), rangeEnd(of, 1)]),
  {
    name: 'finalOnly',
    moves: 'fit',
    show: ({ finalOnly }) => (finalOnly ? 'on' : ''),
    take: (value, state) => ({ ...state, finalOnly: value === 'on' }),
  },
  {
    name: 'loss',
    moves: 'plan',
    show: ({ loss }) => (loss === null ? '' : String(loss)),
    take: (value, state) => ({ ...state, loss: numberOf(value) || null }),
  },
  {
    name: 'demand',
    moves: 'plan',
    show: ({ demand }) => String(demand > 0 ? Math.round(10 * (Math.log10(demand) - DEMAND_FROM)) : 0),
    take: (value, state) => ({
      ...state,
      demand: value === '0' ? 0 : Number((10 ** (DEMAND_FROM + Number(value) / 10)).toPrecision(3)),
    }),
    words: ({ demand }) => (demand > 0 ? count(demand) : 'none'),
  },
  {
    name: 'pay',
    moves: 'plan',
    show: ({ pay }) => pay,
    take: (value, state) => ({ ...state, pay: value as State['pay'] }),
  },
  {
    name: 'trainGpu',
    moves: 'plan',
    show: ({ trainGpu }) => trainGpu,
    take: (value, state) => ({ ...state, trainGpu: value }),
  },
  {
    name: 'serveGpu',
    moves: 'plan',
    show: ({ serveGpu }) => serveGpu,
    take: (value, state) => ({ ...state, serveGpu: value }),
  },
];
