/** What may stand in a table of runs: every field, the headers that it goes by, and the values that it may take. */

import { parseNumber, parseQuantity } from './quantity.ts';

/** Fields that hold a number. */
export type NumberName = 'N' | 'D' | 'C' | 'loss' | 'U' | 'step' | 'fraction' | 'weight';
/** Fields that hold a name. */
export type TextName = 'run' | 'family';
/** Every field of a table of runs. */
export type FieldName = NumberName | TextName;

/** One numeric field: how its cells read, and which numbers are allowed. */
export interface NumberField {
  /** The rule in words, to follow the field's name in a message. */
  readonly rule: string;
  readonly parse: (cell: unknown) => number;
  readonly allows: (value: number) => boolean;
}

const positive = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY;
const count = (of: string): NumberField => ({
  rule: `must be a positive finite number of ${of}`,
  parse: parseQuantity,
  allows: positive,
});

/** The numeric fields, in the order in which a row is judged. */
export const NUMBER_FIELDS: Readonly<Record<NumberName, NumberField>> = {
  N: count('parameters'),
  D: count('tokens'),
  C: count('FLOPs'),
  loss: { rule: 'must be a positive finite number of nats per token', parse: parseNumber, allows: positive },
  U: count('unique tokens'),
  step: {
    rule: 'must be a finite number of steps, 0 or more',
    parse: parseQuantity,
    allows: (value) => value >= 0 && value < Number.POSITIVE_INFINITY,
  },
  fraction: {
    // May pass 1: a run that stops at step 256 of a planned 250 logs 1.024 (Li et al. 2025).
    rule: 'must be a positive finite share of the run',
    parse: parseNumber,
    allows: positive,
  },
  weight: { rule: 'must be a positive finite number', parse: parseNumber, allows: positive },
};

/** Other headers that a field goes by; see {@link plainHeader} for what counts as the same header. */
export const ALIASES: Readonly<Record<FieldName, readonly string[]>> = {
  N: ['params', 'parameters', 'n_params', 'model_size'],
  D: ['tokens', 'train_tokens', 'training_tokens'],
  C: ['flops', 'compute', 'training_flops', 'training_flop'],
  loss: ['val_loss', 'validation_loss', 'test_loss'],
  U: ['unique_tokens'],
  step: [],
  fraction: [],
  weight: [],
  run: ['run_id'],
  family: [],
};

/** A header without its case, spaces, `-`, `_` and `.`, so that `Model Size` is `model_size`. */
export function plainHeader(header: string): string {
  return header.toLowerCase().replace(/[\s\-_.]+/g, '');
}
