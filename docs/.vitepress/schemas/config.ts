/** JSON Schema of a config file: a section a command, with the flags of that command, and one for all. */

import type { JsonSchema } from './json-schema.ts';
import type { Spec } from '../../../src/cli/command.ts';
import { ALL, configurable } from '../../../src/cli/config.ts';
import type { Flag } from '../../../src/cli/flags.ts';

const one = { type: ['string', 'number'] } satisfies JsonSchema;

function flagSchema({ placeholder, help, choices }: Flag): JsonSchema {
  if (placeholder === undefined) return { type: 'boolean', description: help };
  const values: JsonSchema[] = [one, { type: 'array', items: one, minItems: 1 }, { const: false }];
  return { description: help, anyOf: values, ...(choices && { examples: [...choices] }) };
}

/** A section with the flags `of` these commands; what several say alike stands once, among the definitions. */
function section(flags: readonly Flag[], definitions: Record<string, JsonSchema>): JsonSchema {
  const property = (flag: Flag): JsonSchema => {
    const schema = flagSchema(flag);
    const known = (definitions[flag.name] ??= schema);
    return JSON.stringify(known) === JSON.stringify(schema) ? { $ref: `#/definitions/${flag.name}` } : schema;
  };
  const properties = Object.fromEntries(flags.map((flag) => [flag.name, property(flag)]));
  return { type: 'object', properties, additionalProperties: false };
}

/** The schema of a config file. */
export function configSchema(id: string, specs: readonly Spec[]): JsonSchema {
  const commands = specs.filter((spec) => configurable(spec).length > 0);
  const definitions: Record<string, JsonSchema> = {};
  const all = new Map(commands.flatMap(configurable).map((flag) => [flag.name, flag]));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: id,
    title: 'Defaults for the flags of scaling-laws',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      [ALL]: { ...section([...all.values()], definitions), description: 'For every command that has the flag.' },
      ...Object.fromEntries(
        commands.map((spec) => [
          spec.name,
          { ...section(configurable(spec), definitions), description: spec.description },
        ]),
      ),
    },
    additionalProperties: false,
    definitions,
  };
}
