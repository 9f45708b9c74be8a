/** Flags that carry numbers or choices: read as people write them, refused as `--N must be …, got …`. */

import { Option } from 'commander';
import { nearest } from '../nearest.ts';
import { parseQuantity } from '../runs/quantity.ts';
import { UsageError } from './io.ts';

/** Which numbers a flag takes. */
export interface Rule {
  /** The rule in words, after `must be`. */
  readonly must: string;
  readonly holds: (value: number) => boolean;
}

const INFINITY = Number.POSITIVE_INFINITY;
export const POSITIVE: Rule = {
  must: 'a positive number such as 70e9, 70B or 1.4T',
  holds: (value) => value > 0 && value < INFINITY,
};
export const NOT_NEGATIVE: Rule = { must: 'a number >= 0', holds: (value) => value >= 0 && value < INFINITY };
/** A lower bound or an early cut may be 0, an upper bound may be missing. */
export const UPPER_BOUND: Rule = { must: 'a number >= 0, or inf for none', holds: (value) => value >= 0 };
export const SHARE: Rule = { must: 'above 0 and at most 1', holds: (value) => value > 0 && value <= 1 };
export const LEVEL: Rule = { must: 'above 0 and below 1', holds: (value) => value > 0 && value < 1 };
export const FRACTION: Rule = { must: 'at least 0 and below 1', holds: (value) => value >= 0 && value < 1 };
export const integer = (least: number): Rule => ({
  must: `an integer >= ${least}`,
  holds: (value) => Number.isSafeInteger(value) && value >= least,
});

/** A flag with one number. */
export function numberFlag(flags: string, description: string, rule: Rule): Option {
  return new Option(flags, description).argParser((text) => parse(nameOf(flags), text, rule));
}

/** A flag with one number or, where `lists`, several between commas; always read as a list. */
export function listFlag(flags: string, description: string, rule: Rule, lists: boolean): Option {
  const name = nameOf(flags);
  return new Option(flags, description).argParser((text): readonly number[] => {
    const parts = text.split(',');
    if (!lists && parts.length > 1) {
      throw new UsageError(`${name} must be one number here, got ${text}; scaling-laws ablate takes lists`);
    }
    return parts.map((part) => parse(name, part, rule));
  });
}

const CHOICES = new WeakMap<Option, readonly string[]>();

/** The values that a flag takes, where they are few. */
export const choicesOf = (option: Option): readonly string[] | undefined => option.argChoices ?? CHOICES.get(option);

/** A flag with one of `choices`; a mistyped one is answered with the nearest. */
export function oneOfFlag<T extends string>(flags: string, description: string, choices: readonly T[]): Option {
  const option = new Option(flags, description).argParser((text): T => {
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return found;
    const near = nearest(text, choices);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    throw new UsageError(`${nameOf(flags)} must be one of ${choices.join(', ')}, got ${JSON.stringify(text)}${hint}`);
  });
  CHOICES.set(option, choices);
  return option;
}

/** A flag with one of `choices` or, where `lists`, several between commas; always read as a list. */
export function choiceFlag<T extends string>(
  flags: string,
  description: string,
  choices: readonly T[],
  lists: boolean,
): Option {
  const name = nameOf(flags);
  const isChoice = (part: string): part is T => (choices as readonly string[]).includes(part);
  const option = new Option(flags, description).argParser((text): readonly T[] => {
    const parts = text.split(',').map((part) => part.trim());
    const wrong = parts.find((part) => !isChoice(part));
    const of = `one of ${choices.join(', ')}`;
    if (wrong !== undefined) {
      throw new UsageError(
        `${name} must be ${of}${lists ? ', or several between commas' : ''}, got ${JSON.stringify(wrong)}`,
      );
    }
    if (!lists && parts.length > 1) {
      throw new UsageError(`${name} must be ${of} here, got ${text}; scaling-laws ablate takes lists`);
    }
    return parts.filter(isChoice);
  });
  CHOICES.set(option, choices);
  return option;
}

/** `value` as a number that `rule` allows. */
export function parse(name: string, text: string, { must, holds }: Rule): number {
  const value = /^\s*\+?inf(inity)?\s*$/i.test(text) ? INFINITY : parseQuantity(text);
  if (holds(value)) return value;
  throw new UsageError(`${name} must be ${must}, got ${JSON.stringify(text)}`);
}

/** The entries of `options` that are given. */
export function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

const nameOf = (flags: string): string => flags.split(' ')[0]!;
