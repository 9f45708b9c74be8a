/** Scales of a column: what its numbers are counted in (millions, 1e9), or that they are logarithms. Said by the heading or by the caller. */

import type { Sentence } from '../sentence.ts';

/** What one in a column stands for; or the logarithm that its numbers are. */
export type Scale = number | 'log10' | 'log2' | 'ln';

const WORDS: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  mega: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  g: 1e9,
  giga: 1e9,
  t: 1e12,
  trillion: 1e12,
  tera: 1e12,
  p: 1e15,
  peta: 1e15,
  e: 1e18,
  exa: 1e18,
  z: 1e21,
  zetta: 1e21,
};
const FLOPS = /^(?:([kmgtpez])|(kilo|mega|giga|tera|peta|exa|zetta))?-?f(?:l?o?ps?|s)?$/;
const SECONDS_OF_A_DAY = 86_400;
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * The scale that `text` names: `M`, `billions`, `1e9`, `10^6`, `log10`, `EFLOPs`, `PF-days`.
 *
 * @returns Undefined if it names none.
 */
export function scaleNamed(text: string): Scale | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^(?:in |x ?|× ?)/, '')
    .replace(/[⁰-⁹¹²³]/g, (digit) => String(RAISED.indexOf(digit)));
  if (plain === 'log10' || plain === 'log2' || plain === 'ln') return plain;
  const power = /^10(?:\^|\*\*)?\{?(\d{1,2})\}?$/.exec(plain)?.[1];
  if (power !== undefined && plain !== '10') return Number(`1e${power}`);
  if (/^1e\+?\d{1,2}$|^10{3,}$/.test(plain)) return Number(plain);
  const [first = '', ...others] = plain.replace(/\/?s[ -]+days?$/, ' days').split(/[ -]+/);
  const prefix = FLOPS.exec(first);
  const isDays = /^days?$/.test(others[0] ?? '');
  // A day at some FLOP per second; PF-days, with neither P nor S, is what Kaplan et al. write.
  if (prefix && (prefix[1] ?? prefix[2])) return WORDS[prefix[1] ?? prefix[2]!]! * (isDays ? SECONDS_OF_A_DAY : 1);
  if (others.length > 0 && !/^(?:of )?(?:params|parameters|tokens|flops?)$/.test(others.join(' '))) return undefined;
  return WORDS[first.length > 2 ? first.replace(/s$/, '') : first];
}

/** What a number of that scale stands for. */
export function unscaled(scale: Scale): (value: number) => number {
  if (scale === 'log10') return (value) => 10 ** value;
  if (scale === 'log2') return (value) => 2 ** value;
  if (scale === 'ln') return Math.exp;
  // As text, so that 1.1 million is 1100000 to the last bit.
  const power = Math.round(Math.log10(scale));
  if (scale !== Number(`1e${power}`)) return (value) => value * scale;
  return (value) => (/^[\d.]+$/.test(String(value)) ? Number(`${value}e${power}`) : value * scale);
}

/** A scale in words: `in millions`, `as log10`. */
export function scaleInWords(scale: Scale): string {
  if (typeof scale === 'string') return `as ${scale}`;
  const name = { 1e3: 'thousands', 1e6: 'millions', 1e9: 'billions', 1e12: 'trillions' }[scale];
  return `in ${name ?? `units of ${String(scale).replace('e+', 'e')}`}`;
}

/** What to write where the scale of `fields` is in doubt. */
export const scaleCure = (fields: readonly string[], value: Scale): Sentence => [
  'say so with ',
  { option: 'scale', value: Object.fromEntries(fields.map((field) => [field, value])) },
];
