/** Values of flags: read from text as people write it, by what the field is that they are for, and written back in advice. */

import { refusal } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { parseQuantity } from '../runs/quantity.ts';
import { isWithin } from '../schema/check.ts';
import type { FieldDescription } from '../schema/describe.ts';
import { isRecord } from '../tables/table.ts';
import { alternatives } from '../words.ts';

/**
 * What `texts`, one for each time that a flag was given, say of `field`.
 *
 * @param path - Where the value belongs, for messages.
 * @throws {ScalingLawsError} `E_ARGUMENT` if it is nothing that the field can be.
 */
export function readValue(field: FieldDescription, texts: readonly string[], path: string): unknown {
  const { type, item } = field;
  if (type === 'list' && isTuple(item!)) return texts.map((text) => inOrder(item!.fields!, text, path));
  if (type === 'list') return texts.flatMap((text) => text.split(',').map((part) => inList(item!, part.trim(), path)));
  if (isTuple(field)) return inOrder(field.fields!, texts.at(-1)!, path);
  if (type === 'record' || type === 'object') {
    return Object.fromEntries(texts.flatMap((text) => pairsOf(text).map((pair) => inRecord(field, pair, path))));
  }
  if (type === 'variants' && !field.byKind) return inShort(field, texts.at(-1)!, path);
  return readOne(field, texts.at(-1)!, path);
}

/** The forms that a word can give: of one number each, or none. */
const shortForms = ({
  forms = {},
}: FieldDescription): readonly (readonly [kind: string, number: FieldDescription | undefined])[] =>
  Object.entries(forms).flatMap(([kind, fields]) =>
    fields.length < 2 && fields.every(({ type }) => type === 'number' || type === 'integer') ? [[kind, fields[0]]] : [],
  );

/** How one writes such a form: `largest-N:sizes`. */
export const shortly = (field: FieldDescription): readonly string[] =>
  shortForms(field).map(([kind, number]) => (number ? `${kind}:${number.path.at(-1)}` : kind));

/** A form by its kind, and its number behind a colon. */
function inShort(field: FieldDescription, text: string, path: string): object {
  const [kind, written, ...more] = text.split(':');
  const found = shortForms(field).find(([name]) => name === kind);
  if (!found || more.length > 0 || (written !== undefined && !found[1]))
    throw refusal(path, `be ${alternatives(shortly(field))}`, text);
  const [, number] = found;
  if (!number || (written === undefined && number.optional)) return { kind };
  const name = number.path.at(-1)!;
  return { kind, [name]: readOne(number, written ?? '', `${path}.${name}`) };
}

/** An object of nothing but numbers, all of them needed. */
export const isTuple = ({ type, fields = [] }: FieldDescription): boolean =>
  type === 'object' && fields.length > 0 && fields.every((one) => one.type === 'number' && !one.optional);

/** The numbers of an object in the order of its fields: `70B,1.4T`. */
function inOrder(fields: readonly FieldDescription[], text: string, path: string): object {
  const names = fields.map((one) => one.path.at(-1)!);
  const parts = text.split(',').map((part, i) => part.replace(new RegExp(`^\\s*${names[i]}\\s*=`), ''));
  if (parts.length !== names.length)
    throw refusal(path, `be numbers for ${names.join(' and ')}, with a comma between them`, text);
  return Object.fromEntries(
    fields.map((field, i) => [names[i], readOne(field, parts[i]!.trim(), `${path}.${names[i]}`)]),
  );
}

/** In a list of lists `a=b`. */
const inList = (item: FieldDescription, part: string, path: string): unknown =>
  item.type === 'list' ? groupIn(item, part, path) : readOne(item, part, path);

function groupIn({ item }: FieldDescription, part: string, path: string): readonly unknown[] {
  const names = part.split('=').map((name) => name.trim());
  if (names.length < 2 || names.includes('')) throw refusal(path, 'be NAME=NAME, between commas where several', part);
  return names.map((name) => readOne(item!, name, path));
}

/** `NAME=VALUE` between commas; a comma in a number, 1,000,000, parts nothing. */
const pairsOf = (text: string): readonly string[] => text.split(/,(?=\s*[\w.]+\s*=)/);

function inRecord({ item, fields }: FieldDescription, pair: string, path: string): readonly [string, unknown] {
  const at = pair.indexOf('=');
  const [name, text] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  if (at < 1 || text === '') throw refusal(path, 'be NAME=VALUE, between commas where several', pair.trim());
  const field = item ?? fields?.find((one) => one.path.at(-1) === name);
  return [name, field ? readOne(field, text, `${path}.${name}`) : text];
}

function readOne(field: FieldDescription, text: string, path: string): unknown {
  const { type, choices, rule } = field;
  if (type === 'text') return text;
  if (choices) {
    if (choices.includes(text)) return text;
    const near = nearest(text, choices);
    throw refusal(path, `be one of ${choices.join(', ')}`, text, near && `did you mean ${near}?`);
  }
  const number = field.either?.find((form) => form.type === 'number' || form.type === 'integer');
  const isText = field.either?.some((form) => form.type === 'text' || form.type === 'choice');
  if (number && !(isText && Number.isNaN(numberIn(text)))) return readOne({ ...number, rule }, text, path);
  if (type !== 'number' && type !== 'integer') return field.either ? text : anyOf(text);
  const value = numberIn(text);
  if ((type === 'number' || Number.isSafeInteger(value)) && isWithin(field, value)) return value;
  throw refusal(path, rule, text);
}

const numberIn = (text: string): number =>
  /^\s*\+?inf(inity)?\s*$/i.test(text) ? Number.POSITIVE_INFINITY : parseQuantity(text);

/** What a text may be where a field takes several things: a number, two of them with a colon between, or itself. */
function anyOf(text: string): unknown {
  const numbers = text.split(':').map(numberIn);
  if (numbers.some(Number.isNaN)) return text;
  return numbers.length === 1 ? numbers[0] : numbers;
}

/** `value` as one would type it after its flag. */
export function typed(value: unknown): string {
  if (Array.isArray(value)) return value.map((part) => (Array.isArray(part) ? part.join('=') : typed(part))).join(',');
  if (isRecord(value) && 'kind' in value) return Object.values(value).join(':');
  if (isRecord(value)) {
    return Object.entries(value)
      .map(([name, part]) => `${name}=${Array.isArray(part) ? part.join(':') : typed(part)}`)
      .join(',');
  }
  const text = typeof value === 'number' ? String(value).replace('e+', 'e') : String(value);
  return /\s/.test(text) ? JSON.stringify(text) : text;
}
