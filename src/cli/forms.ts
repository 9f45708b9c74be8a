/** Flags of forms that are told apart by the flags that are given: goals, constraints, filters. */

import type { FieldDescription } from '../schema/describe.ts';
import { type Flag, type FlagChanges, type FlagSet, flagOf, given, type Values } from './flags.ts';

/** A flag, and what it gives: one field of a form, or with no name all of it. */
export interface FormFlag {
  readonly kind: string;
  readonly field?: string;
  readonly flag: Flag;
}

/**
 * The flags of the forms of variants, or of a list of them.
 *
 * @param change - By path: `filters.every-kth.k`.
 */
export function formFlags(
  variants: FieldDescription,
  change: Readonly<Record<string, FlagChanges>> = {},
): readonly FormFlag[] {
  const { path, forms = {}, kinds = {} } = variants.item ?? variants;
  const changed = (field: FieldDescription): Flag => flagOf(field, change[field.path.join('.')]);
  return Object.entries(forms).flatMap(([kind, fields]): readonly FormFlag[] => {
    const at = [...path, kind];
    const within = fields.map((field) => ({ ...field, path: [...at, field.path.at(-1)!] }));
    const own = within
      .filter(({ help, flag }) => help !== undefined && flag !== null)
      .map((field) => ({ kind, field: field.path.at(-1)!, flag: changed(field) }));
    const about = kinds[kind];
    if (!about) return own;
    const whole = { flag: kind, ...about, path: at, optional: true, rule: 'be given' };
    const needed = within.filter((field) => !field.optional);
    const type = needed.length > 0 ? ({ type: 'object', fields: needed } as const) : ({ type: 'boolean' } as const);
    return [...own, { kind, flag: changed({ ...whole, ...type }) }];
  });
}

/** The forms of which anything is given, in the order of their flags. */
export function formsOf(
  flags: readonly FormFlag[],
  values: Values,
): readonly { readonly kind: string; readonly [field: string]: unknown }[] {
  const kinds = [...new Set(flags.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const said = flags.filter((one) => one.kind === kind && values.get(one.flag.name) !== undefined);
    const fields = said.map(({ field, flag }) => {
      const value = values.get(flag.name);
      return field === undefined ? (value === true ? {} : (value as object)) : given({ [field]: value });
    });
    return said.length === 0 ? [] : [Object.assign({ kind }, ...fields)];
  });
}

/**
 * The flags of a field of one or several forms, and the forms that they give; of a field of one form at most one flag that starts one.
 *
 * @param field - Variants, or a list of them.
 */
export function formSet<T>(title: string, field: FieldDescription, needed = false): FlagSet<readonly T[]> {
  const forms = formFlags(field);
  const isOne = field.item === undefined;
  const kinds = [...new Set(forms.map(({ kind }) => kind))];
  const namesOf = (kind: string): readonly string[] =>
    forms.filter((one) => one.kind === kind).map(({ flag }) => flag.name);
  // Flags of one form go together, those of two do not.
  const groups = kinds.reduce<readonly (readonly string[])[]>(
    (all, kind) => all.flatMap((group) => namesOf(kind).map((name) => [...group, name])),
    [[]],
  );
  return {
    title,
    flags: forms.map(({ flag }) => flag),
    ...(isOne && { oneOf: groups }),
    ...(needed && { needed: [groups[0]!] }),
    of: (values, names) => {
      const found = formsOf(forms, values);
      for (const { kind, field: name, flag } of forms)
        if (isOne && name !== undefined && kind === found[0]?.kind)
          names.set(`${field.path.join('.')}.${name}`, flag.name);
      return found as readonly T[];
    },
  };
}
