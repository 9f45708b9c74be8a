/** Names of laws as a command line gives them: forms that can be fitted, and published laws. */

import { refusal, ScalingLawsError } from '../errors.ts';
import { type PublishedLaw, publishedLaws } from '../laws/published.ts';
import { type LawName, laws } from '../laws/registry.ts';
import { nearest } from '../nearest.ts';

/** Other names of forms. */
const ALIASES: Readonly<Record<string, LawName>> = { 'power-law': 'power-law-c' };
const FORMS: readonly string[] = Object.keys(laws);
/** What a flag that names a form takes. */
export const FORM_NAMES: readonly string[] = [...FORMS, ...Object.keys(ALIASES)];
/** Published laws, in the order in which they are listed. */
export const PUBLISHED: readonly PublishedLaw<string>[] = Object.values(publishedLaws);
/** Their names. */
export const PUBLISHED_NAMES: readonly string[] = PUBLISHED.map(({ name }) => name);

/** The form that `text` names at `where`, a path of an option or an argument. @throws {ScalingLawsError} With the closest name. */
export function formNamed(where: string, text: string): LawName {
  if (Object.hasOwn(ALIASES, text)) return ALIASES[text]!;
  if (FORMS.includes(text)) return text as LawName;
  const near = nearest(text, FORM_NAMES);
  throw refusal(where, `be one of ${FORM_NAMES.join(', ')}`, text, near && `did you mean ${near}?`);
}

/**
 * The published law that `text` names at `where`.
 *
 * @param others - Further names that may stand there, for the hint.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, with the closest name, or the first law whose name begins so.
 */
export function publishedNamed(where: string, text: string, others: readonly string[] = []): PublishedLaw<string> {
  const found = PUBLISHED.find(({ name }) => name === text);
  if (found) return found;
  const names = [...PUBLISHED_NAMES, ...others];
  const near = nearest(text, names) ?? names.find((name) => name.startsWith(`${text}-`));
  const what = others.length > 0 ? 'a form or a published law' : 'a published law';
  const rule = `be ${what} that scaling-laws laws lists`;
  const breach = { argument: where, rule, got: text, ...(near !== undefined && { cure: `did you mean ${near}?` }) };
  throw new ScalingLawsError('E_LAW_UNKNOWN', breach, { law: text, didYouMean: near, known: names });
}
