/** Numbers and lists as people read them: in messages, at the terminal, in figures and reports. */

/** Powers of ten that have a name in this field, largest first. */
const SUFFIXES = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const;
/** From here on a count is written as a power of ten: nobody says thousands of trillions. */
const NAMELESS = 1e15;

/**
 * A count of parameters, tokens or dollars to three digits: `24.2B`, `2.66T`, `110`.
 *
 * @param nameless - How counts without a name are written.
 */
export function count(value: number, nameless: (value: number) => string = power): string {
  const rounded = Number(value.toPrecision(3));
  if (rounded >= NAMELESS) return nameless(value);
  const [unit, suffix] = SUFFIXES.find(([least]) => rounded >= least) ?? [1, ''];
  return `${Number((rounded / unit).toPrecision(3))}${suffix}`;
}

/** FLOPs to three digits, as a power of ten: `5.88e23`. */
export function power(value: number): string {
  return value === 0 ? '0' : Number(value.toPrecision(3)).toExponential().replace('e+', 'e');
}

/** A number to `significant` digits, without zeros that say nothing: `2.04e10`. */
export function digits(value: number, significant: number = 6): string {
  return String(Number(value.toPrecision(significant))).replace('e+', 'e');
}

/** A share as per cent, to two digits or the unit: `4.8 %`, `71 %`, `147 %`. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${Math.abs(value) < 10 ? Number(value.toPrecision(2)) : Math.round(value)} %`;
}

/** `1 row`, `13 rows`. */
export const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
