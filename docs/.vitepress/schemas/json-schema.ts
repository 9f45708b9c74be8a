/** A schema of the library as JSON Schema: help becomes the description, with the unit; defaults and bounds are those of the schema. */

import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { Field } from '../../../src/schema/fields.ts';

/** JSON Schema (draft 7, which editors know best) of what may stand where `field` is asked for. */
export function jsonSchemaOf(field: Field, id: string, title: string): JsonSchema {
  // Functions and rules between fields have no words in JSON Schema.
  const schema = toJsonSchema(field, { typeMode: 'input', errorMode: 'ignore' });
  return { ...cleaned(schema), $schema: 'http://json-schema.org/draft-07/schema#', $id: id, title };
}

/** Keys whose values are schemas by names that mean nothing here. */
const MAPS = ['properties', 'definitions'];
/** What is said of a field for other doors. */
const OTHERS = ['help', 'unit', 'flag', 'placeholder', 'kinds', 'rule'];

function cleaned(schema: JsonSchema): JsonSchema {
  const { help, unit } = schema as { readonly help?: string; readonly unit?: string };
  const words = [help, unit === undefined ? undefined : `Unit: ${unit}.`].filter((part) => part !== undefined);
  const entries = Object.entries(schema).flatMap(([key, value]): (readonly [string, unknown])[] => {
    if (OTHERS.includes(key)) return [];
    if (key === 'minimum' || key === 'maximum') return bound(key, value as number);
    if (MAPS.includes(key)) return [[key, mapped(value as Readonly<Record<string, JsonSchema>>)]];
    return [[key, key === 'default' ? value : inside(value)]];
  });
  return Object.fromEntries([...(words.length > 0 ? [['description', words.join(' ')]] : []), ...entries]);
}

/** Bounds of the schemas are inclusive, the least positive number being the one above 0. */
function bound(key: 'minimum' | 'maximum', value: number): (readonly [string, number])[] {
  if (value === Number.MIN_VALUE) return [['exclusiveMinimum', 0]];
  return Math.abs(value) < Number.MAX_SAFE_INTEGER ? [[key, value]] : [];
}

const mapped = (schemas: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, cleaned(schema)]));

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return typeof value === 'object' && value !== null ? cleaned(value as JsonSchema) : value;
}
