/** Which field a heading names, for readers that meet headings before there are columns. */

import { FIELDS, type FieldName } from './fields.ts';
import { headingOf, rankOf, VAGUE, withoutTail } from './headings.ts';

/** The field that `heading` names, or the last part of a path: `config.n_params`. */
export function fieldOf(heading: string): FieldName | undefined {
  const names = [heading, heading.slice(heading.lastIndexOf('.') + 1)].map((name) => withoutTail(headingOf(name)));
  return (Object.keys(FIELDS) as readonly FieldName[]).find((field) =>
    names.some((name) => (rankOf(field, name) ?? VAGUE) < VAGUE || name.text.toLowerCase() === field.toLowerCase()),
  );
}
