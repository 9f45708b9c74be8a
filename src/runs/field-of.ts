/** Which field a heading names, for readers that meet headings before there are columns. */

import { FIELDS, type FieldName } from './fields.ts';
import { headingOf, rankOf, VAGUE, withoutTail } from './headings.ts';

/** The field that `heading` names, or the last part of a path (`config.n_params`); else the one that it may mean (`size`). */
export function fieldOf(heading: string): FieldName | undefined {
  const names = [heading, heading.slice(heading.lastIndexOf('.') + 1)].map((name) => withoutTail(headingOf(name)));
  const ranks = NAMES.map((field) =>
    Math.min(
      ...names.map((name) => (name.text.toLowerCase() === field.toLowerCase() ? 0 : (rankOf(field, name) ?? NONE))),
    ),
  );
  const sure = ranks.findIndex((rank) => rank < VAGUE);
  const found = sure < 0 ? ranks.findIndex((rank) => rank < NONE) : sure;
  return NAMES[found];
}

const NAMES = /* @__PURE__ */ Object.keys(FIELDS) as readonly FieldName[];
const NONE = Number.POSITIVE_INFINITY;
