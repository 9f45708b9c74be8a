/**
 * What N and C of a table count. Kaplan et al. leave embeddings out, Hoffmann et al. count them; at small sizes that alone moves the exponent
 * of N* from about 0.5 to 0.8 (Pearce & Song 2024, arXiv:2406.12907), and on data of (Mis)Fitting the fitted E from 0 to 2.5. So a table carries
 * its convention, a fit records it, and two in one table are a warning.
 */

import { refusal } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { COUNTS_EMBEDDINGS, FLOP_CONVENTIONS } from '../flops/counted.ts';
import { choice } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';

/** What N and C count, as far as it is known. */
export const convention = object(
  'convention',
  {
    N: optional(choice(['total', 'body'], { help: 'total: embeddings count as parameters; body: they do not.' })),
    C: optional(
      choice(FLOP_CONVENTIONS, {
        help: 'How training FLOPs were counted.',
      }),
    ),
  },
  {
    help: 'What N counts, and how C was counted.',
    flag: 'counts',
    placeholder: 'N=what,C=what',
    example: { N: 'total', C: '6ND' },
  },
);

/** What N and C count, as far as it is known. */
export type Convention = Given<typeof convention>;
/** `total`: embeddings count as parameters; `body`: they do not. */
export type ParameterConvention = NonNullable<Convention['N']>;

/**
 * Refuses a way to count C that nothing counted: computed C is 6 N D, of whatever N counts.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`.
 */
export function checkComputed({ C }: Convention): void {
  if (C === undefined || C === '6ND' || C === 'kaplan') return;
  const rule =
    'be 6ND, or kaplan where N leaves embeddings out, because the table has no C and it is computed as 6 N D';
  throw refusal('convention.C', rule, C);
}

/** A warning if N and C do not count the same parameters. */
export function conventionWarnings({ N, C }: Convention): Finding[] {
  if (N === undefined || C === undefined || COUNTS_EMBEDDINGS[C] === (N === 'total')) return [];
  const counts = (embeddings: boolean): string => (embeddings ? 'counts embeddings' : 'leaves embeddings out');
  const message = `N ${counts(N === 'total')} and C (${C}) ${counts(COUNTS_EMBEDDINGS[C])}: exponents of C then mean neither.`;
  return [mixed(message, ['N', 'C'])];
}

const mixed = (message: string, about: readonly string[]): Finding =>
  finding('W_CONVENTIONS_MIXED', message, { about: about.map((name) => `columns.${name}`), advice: 'Count one way.' });

/**
 * What tables have in common, and a warning for what they count differently `where`; one that does not say goes with any. Of what is
 * counted differently nothing is recorded, because nothing is true of all rows.
 */
export function joinConventions(
  parts: readonly (Convention | undefined)[],
  where: string = 'in the joined tables',
): {
  readonly convention: Convention | undefined;
  readonly warnings: readonly Finding[];
} {
  const warnings: Finding[] = [];
  const agreed = (['N', 'C'] as const).flatMap((name) => {
    const said = [...new Set(parts.flatMap((part) => part?.[name] ?? []))];
    if (said.length > 1) {
      warnings.push(
        mixed(`${name} is counted in different ways ${where} (${said.join(', ')}): the counts do not compare.`, [name]),
      );
    }
    return said.length === 1 ? [[name, said[0]!] as const] : [];
  });
  return { convention: agreed.length > 0 ? Object.freeze(Object.fromEntries(agreed)) : undefined, warnings };
}
