/** A schema of the library as JSON Schema: help becomes the description, with the unit; defaults and bounds are those of the schema. */

import type { Entries, Field } from '../../../src/schema/fields.ts';

/** A JSON Schema, or a part of one. */
export type JsonSchema = { readonly [key: string]: unknown };

/** JSON Schema (draft 7, which editors know best) of what may stand where `field` is asked for. */
export function jsonSchemaOf(field: Field, id: string, title: string): JsonSchema {
  return { ...partOf(field), $schema: 'http://json-schema.org/draft-07/schema#', $id: id, title };
}

/** Functions and rules between fields have no words in JSON Schema. */
function partOf(field: Field): JsonSchema {
  const { help, unit, otherwise, example, title, ofNone, nullable } = field;
  const words = [
    help,
    unit === undefined ? undefined : `Unit: ${unit}.`,
    otherwise === undefined ? undefined : `Default: ${otherwise}.`,
  ].filter((part) => part !== undefined);
  const said = {
    ...(words.length > 0 && { description: words.join(' ') }),
    ...(title !== undefined && { title }),
    ...(example !== undefined && { examples: [example] }),
    ...(ofNone !== undefined && { default: ofNone }),
  };
  const shape = shapeOf(field);
  return nullable ? { ...said, anyOf: [shape, { type: 'null' }] } : { ...said, ...shape };
}

function shapeOf(field: Field): JsonSchema {
  const { type, item, entries, choices, forms = {} } = field;
  switch (type) {
    case 'number':
    case 'integer':
      return { type, ...boundsOf(field) };
    case 'text':
      return { type: 'string', minLength: 1 };
    case 'boolean':
      return { type };
    case 'choice':
      return choices!.length === 1 ? { const: choices![0] } : { enum: choices };
    case 'list':
      return { type: 'array', items: partOf(item!), ...(field.items! > 0 && { minItems: field.items }) };
    case 'record':
      return { type: 'object', additionalProperties: partOf(item!) };
    case 'object':
      return objectOf(entries!, field.open);
    case 'variants': {
      const full = Object.entries(forms).map(([kind, fields]) => objectOf({ kind: constant(kind), ...fields }));
      return { anyOf: field.byKind ? [{ enum: Object.keys(forms) }, ...full] : full };
    }
    case 'either':
      return { anyOf: field.either!.map(partOf) };
    case 'custom':
      return {};
    default:
      return type satisfies never;
  }
}

const constant = (name: string): Field => ({ type: 'choice', rule: `be ${name}`, choices: [name] }) as unknown as Field;

function objectOf(entries: Entries, open = false): JsonSchema {
  const fields = Object.entries(entries);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, partOf(field)])),
    required: fields.flatMap(([name, { optional }]) => (optional ? [] : [name])),
    ...(!open && { additionalProperties: false }),
  };
}

function boundsOf({ least, most, above, below }: Field): JsonSchema {
  return {
    ...(least !== undefined && { minimum: least }),
    ...(most !== undefined && { maximum: most }),
    ...(above !== undefined && { exclusiveMinimum: above }),
    ...(below !== undefined && { exclusiveMaximum: below }),
  };
}
