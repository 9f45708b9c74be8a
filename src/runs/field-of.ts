/** Which field a heading names, for readers that meet headings before there are columns. */

import { FIELDS, type FieldName, plainHeader } from './fields.ts';

/** The field that goes by `heading`, or by the last part of a path: `config.n_params`. */
export function fieldOf(heading: string): FieldName | undefined {
  const names = [heading, heading.slice(heading.lastIndexOf('.') + 1)].map(plainHeader);
  return (Object.keys(FIELDS) as readonly FieldName[]).find((field) =>
    names.some((name) => name === field.toLowerCase() || FIELDS[field].aliases.map(plainHeader).includes(name)),
  );
}
