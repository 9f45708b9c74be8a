/** The words of the command line for an option of the library: its flag, `--hops 200` for `search: { hops: 200 }`. */

import { type Door, inCode } from '../sentence.ts';
import { isRecord } from '../tables/table.ts';
import type { Flag } from './flags.ts';
import { typed } from './values.ts';

/** A door that knows `own` flags, those of a command, before `others`, those of all commands; and flags of this command line by their path. */
export function doorOf(
  own: readonly Flag[],
  others: readonly Flag[],
  names: ReadonlyMap<string, string> = new Map(),
): Door {
  return ({ option, value }) => {
    const name = names.get(option);
    if (name !== undefined) return `--${name}`;
    // What this command does not take is proposed for another, never blamed.
    const elsewhere = value === undefined ? undefined : inFlags(others, option, value);
    return inFlags(own, option, value) ?? elsewhere ?? inCode({ option, value });
  };
}

function inFlags(flags: readonly Flag[], option: string, value: unknown): string | undefined {
  const flag = flags.find(({ path }) => path === option);
  if (isRecord(value) && (!flag || 'kind' in value)) {
    const { kind, ...fields } = value;
    const parts = Object.entries(fields).flatMap(([name, part]) => inFlags(flags, `${option}.${name}`, part) ?? []);
    // A form is written by its kind and the flags of its fields, or in one word.
    const own = flag && withValue(flag, parts.length > 0 ? kind : value);
    if (own !== undefined || parts.length > 0) return [...(own === undefined ? [] : [own]), ...parts].join(' ');
  }
  if (flag) return withValue(flag, value);
  if (Array.isArray(value) && value.length > 0 && value.every(isRecord)) return listed(flags, option, value);
  const whole = flags.find(({ path }) => option.startsWith(`${path}.`) || option.startsWith(`${path}[`));
  if (!whole) return undefined;
  const rest = option.slice(whole.path.length + 1);
  if (option[whole.path.length] === '[') return `--${whole.name}`;
  return `--${whole.name} ${rest}${value === undefined ? '' : `=${typed(value)}`}`;
}

/** Filters and constraints: `filters: [{ kind: 'final-only' }]` is `--final-only`. */
function listed(
  flags: readonly Flag[],
  option: string,
  parts: readonly Readonly<Record<string, unknown>>[],
): string | undefined {
  const words = parts.flatMap(({ kind, of, ...fields }) => {
    const path = [option, kind, of].filter((part) => part !== undefined).join('.');
    const names = Object.keys(fields);
    if (names.length === 0) return inFlags(flags, path, undefined);
    return names.map((name) => inFlags(flags, `${path}.${name}`, fields[name]));
  });
  return words.includes(undefined) ? undefined : words.join(' ');
}

const withValue = ({ name, placeholder }: Flag, value: unknown): string =>
  value === undefined || placeholder === undefined ? `--${name}` : `--${name} ${typed(value)}`;
