/** What the playground shows, as plain data; and as the part of a link after `#`: JSON, deflated, in base64url. */

import type { Payment } from '../../src/index.ts';
import { PAYMENT_UNITS } from '../../src/plan/problem.ts';
import { gpus } from '../../src/serving.ts';

/** Quantities with a slider for either end. */
export const RANGES = ['N', 'D', 'tokensPerParam'] as const;
export type RangeOf = (typeof RANGES)[number];

/** Columns that can be chosen. */
export const FIELDS = ['N', 'D', 'C', 'loss', 'run', 'fraction'] as const;
export type Field = (typeof FIELDS)[number];

/** Everything that a link restores. Rows are not in it: a file stays where it is, an example is known by its name. */
export interface State {
  readonly example: string | null;
  /** Name of the user's own file, if there is one. */
  readonly file: string | null;
  readonly columns: Readonly<Partial<Record<Field, string>>>;
  /** Ends of ranges in the unit of the quantity; null where open. */
  readonly ranges: Readonly<Record<RangeOf, readonly [min: number | null, max: number | null]>>;
  /** Share of each run that is left out, from its beginning. */
  readonly early: number;
  readonly finalOnly: boolean;
  readonly dropTopLoss: number;
  /** Loss to reach, nats per token; null: the loss at ten times the largest run's compute. */
  readonly loss: number | null;
  /** Tokens served over the life. */
  readonly demand: number;
  readonly pay: Payment;
  readonly trainGpu: string;
  readonly serveGpu: string;
}

const OPEN = [null, null] as const;

export const INITIAL: State = {
  example: null,
  file: null,
  columns: {},
  ranges: { N: OPEN, D: OPEN, tokensPerParam: OPEN },
  early: 0,
  finalOnly: false,
  dropTopLoss: 0,
  loss: null,
  demand: 1e12,
  pay: 'flops',
  trainGpu: 'H100',
  serveGpu: 'H100',
};

/** The state with other rows. Rows of the same name are taken for newer ones of the same kind; of any others nothing that was chosen holds. */
export function withRows(state: State, rows: Pick<State, 'example' | 'file'>): State {
  if (rows.example === state.example && rows.file === state.file) return state;
  const { demand, pay, trainGpu, serveGpu } = state;
  return { ...INITIAL, demand, pay, trainGpu, serveGpu, ...rows };
}

/** The state with no filters. */
export function withAllRows(state: State): State {
  const { ranges, early, finalOnly, dropTopLoss } = INITIAL;
  return { ...state, ranges, early, finalOnly, dropTopLoss };
}

/** The part of a link after `#`. */
export async function toHash(state: State): Promise<string> {
  const bytes = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(JSON.stringify(state)));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** The state in a link; undefined if there is none that can be read. Fields of other versions fall back to the initial ones. */
export async function fromHash(hash: string): Promise<State | undefined> {
  try {
    const text = atob(hash.replace(/^#/, '').replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = await through(
      new DecompressionStream('deflate-raw'),
      Uint8Array.from(text, (character) => character.charCodeAt(0)),
    );
    return checked(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}

/** Takes from `data` what has the type of the initial state, and no more: a link comes from anywhere. */
function checked(data: unknown): State | undefined {
  if (!isRecord(data)) return undefined;
  const number = (name: 'early' | 'dropTopLoss' | 'demand'): number => {
    const value = data[name];
    return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : INITIAL[name];
  };
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const end = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
  const positive = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? end(value) : null);
  const ends = (of: RangeOf): readonly [number | null, number | null] => {
    const pair = isRecord(data.ranges) ? data.ranges[of] : undefined;
    return Array.isArray(pair) ? [end(pair[0]), end(pair[1])] : OPEN;
  };
  const gpu = (name: 'trainGpu' | 'serveGpu'): string => {
    const value = data[name];
    return typeof value === 'string' && Object.hasOwn(gpus, value) ? value : INITIAL[name];
  };
  const columns = isRecord(data.columns) ? data.columns : {};
  return {
    example: text(data.example),
    file: text(data.file),
    columns: Object.fromEntries(
      FIELDS.flatMap((field) => (typeof columns[field] === 'string' ? [[field, columns[field]]] : [])),
    ),
    ranges: { N: ends('N'), D: ends('D'), tokensPerParam: ends('tokensPerParam') },
    early: Math.min(number('early'), 0.95),
    finalOnly: data.finalOnly === true,
    dropTopLoss: Math.floor(number('dropTopLoss')),
    loss: positive(data.loss),
    demand: number('demand'),
    pay: isPayment(data.pay) ? data.pay : INITIAL.pay,
    trainGpu: gpu('trainGpu'),
    serveGpu: gpu('serveGpu'),
  };
}

const isPayment = (value: unknown): value is Payment =>
  typeof value === 'string' && Object.hasOwn(PAYMENT_UNITS, value);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

async function through(stream: CompressionStream | DecompressionStream, bytes: Uint8Array): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // What goes wrong is told by the reading end too.
  void writer.write(bytes as BufferSource).catch(() => undefined);
  void writer.close().catch(() => undefined);
  return new Uint8Array(await new Response(stream.readable).arrayBuffer());
}
