/**
 * Units of loss. Perplexity and bits become nats per token, because that conversion is exact; bits per byte and per character do not, because
 * it takes the bytes of a token: they are kept, or converted where those are given.
 *
 *     loss = ln perplexity = bits x ln 2 = bits per byte x bytes per token x ln 2      nats per token
 */

import { ScalingLawsError } from './errors.ts';

/** Units in which a table may give its losses. */
export const GIVEN_LOSS_UNITS = ['nats', 'bits', 'perplexity', 'bits-per-byte', 'bits-per-character'] as const;
/** One of them. */
export type GivenLossUnit = (typeof GIVEN_LOSS_UNITS)[number];

const NAMED: Readonly<Record<GivenLossUnit, RegExp>> = {
  nats: /^nats?(?:(?: per |\/)tok(?:en)?)?$/,
  bits: /^(?:bits?(?:(?: per |\/)tok(?:en)?)?|bpt)$/,
  perplexity: /^(?:ppl|perplexity)$/,
  'bits-per-byte': /^(?:bits?(?: per |\/)byte|bpb)$/,
  'bits-per-character': /^(?:bits?(?: per |\/)char(?:acter)?|bpc)$/,
};

/** The unit that `text` names: `nats`, `bits/byte`, `BPB`, `ppl`. */
export const lossUnitNamed = (text: string): GivenLossUnit | undefined =>
  GIVEN_LOSS_UNITS.find((unit) => NAMED[unit].test(text.trim().toLowerCase()));

/** Units in which runs and fits keep them: nats per token, nats per character, bits per byte. */
export const LOSS_UNITS = ['nats', 'nats-per-character', 'bits-per-byte'] as const;
/** One of them. */
export type LossUnit = (typeof LOSS_UNITS)[number];

const IN_WORDS: Readonly<Record<LossUnit, string>> = {
  nats: 'nats per token',
  'nats-per-character': 'nats per character',
  'bits-per-byte': 'bits per byte',
};

/** `nats per token`. */
export const lossUnitInWords = (unit: LossUnit = 'nats'): string => IN_WORDS[unit];

/** `text`, written for losses in nats per token, for losses in `unit`: of a coefficient, of a label. */
export const inLossUnit = (text: string, unit: LossUnit = 'nats'): string =>
  text.replaceAll(IN_WORDS.nats, IN_WORDS[unit]);

/** How losses are read: the unit that they end in, and each loss in it. */
export interface LossReading {
  readonly unit: LossUnit;
  readonly convert: (loss: number) => number;
}

/**
 * From the unit of a table to that of its runs.
 *
 * @param bytesPerToken - Bytes, or characters, of a token on average.
 */
export function lossReading(given: GivenLossUnit, bytesPerToken?: number): LossReading {
  const perToken = Math.LN2 * (bytesPerToken ?? 1);
  switch (given) {
    case 'nats':
      return { unit: 'nats', convert: (loss) => loss };
    case 'bits':
      return { unit: 'nats', convert: (loss) => loss * Math.LN2 };
    case 'perplexity':
      return { unit: 'nats', convert: Math.log };
    case 'bits-per-byte':
      if (bytesPerToken === undefined) return { unit: given, convert: (loss) => loss };
      return { unit: 'nats', convert: (loss) => loss * perToken };
    case 'bits-per-character':
      // Models of characters have a token a character: then this is their loss per token.
      return { unit: bytesPerToken === undefined ? 'nats-per-character' : 'nats', convert: (loss) => loss * perToken };
    default:
      return given satisfies never;
  }
}

/**
 * Refuses losses of two units in one comparison.
 *
 * @param what - Which losses: `the joined tables`.
 * @param units - Units; undefined where nobody said.
 * @returns The unit that they share.
 * @throws {ScalingLawsError} `E_LOSS_UNIT`.
 */
export function sameLossUnit(what: string, units: readonly (LossUnit | undefined)[]): LossUnit {
  const different = [...new Set(units.flatMap((unit) => unit ?? []))];
  if (different.length < 2) return different[0] ?? 'nats';
  throw new ScalingLawsError(
    'E_LOSS_UNIT',
    {
      argument: what,
      rule: 'have losses in one unit',
      got: different.map(lossUnitInWords).join(' and '),
      cure: ['give the bytes of a token, ', { option: 'bytesPerToken' }, ', to turn bits per byte into nats per token'],
    },
    { units: different },
  );
}
