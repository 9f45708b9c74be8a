/**
 * Every law by name. Adding a law to the library: its file, its line in the table below, one test with published values, one docs page.
 * Your own is made by `defineLaw` and stands in no table: it travels with what was fitted.
 */

import { refusal, ScalingLawsError } from '../errors.ts';
import { brokenPowerLawC } from './broken-power-law.ts';
import { chinchilla } from './chinchilla.ts';
import { farseer } from './farseer.ts';
import { gadre } from './gadre.ts';
import { kaplan } from './kaplan.ts';
import { isLaw, type Law, type LawForm } from './law.ts';
import { mixtureOfExperts } from './mixture-of-experts.ts';
import { modelShape, modelShapeOwn } from './model-shape.ts';
import { muennighoff } from './muennighoff.ts';
import { powerLawC, powerLawD, powerLawN } from './power-law.ts';
import { precision, precisionParts } from './precision.ts';
import { precisionPost } from './precision-post.ts';
import { skaling } from './skaling.ts';
import { testTime } from './test-time.ts';

/** Laws by their `kind`. `as` states the type where the declaration is written from this file alone (isolatedDeclarations). */
export const laws = {
  chinchilla: chinchilla as typeof chinchilla,
  kaplan: kaplan as typeof kaplan,
  'power-law-c': powerLawC as typeof powerLawC,
  'power-law-n': powerLawN as typeof powerLawN,
  'power-law-d': powerLawD as typeof powerLawD,
  muennighoff: muennighoff as typeof muennighoff,
  gadre: gadre as typeof gadre,
  farseer: farseer as typeof farseer,
  skaling: skaling as typeof skaling,
  'broken-power-law': brokenPowerLawC as typeof brokenPowerLawC,
  precision: precision as typeof precision,
  'precision-parts': precisionParts as typeof precisionParts,
  'precision-post': precisionPost as typeof precisionPost,
  'mixture-of-experts': mixtureOfExperts as typeof mixtureOfExperts,
  'model-shape': modelShape as typeof modelShape,
  'model-shape-eta': modelShapeOwn as typeof modelShapeOwn,
  'test-time': testTime as typeof testTime,
} as const;

/** Name of a law in the registry. */
export type LawName = keyof typeof laws;

/** Names of the coefficients of a law: of the library's by its name, of your own by the object. */
export type CoefficientOf<L extends LawName | LawForm> = L extends LawName
  ? (typeof laws)[L] extends LawForm<infer Name>
    ? Name
    : never
  : L extends LawForm<infer Name>
    ? Name
    : never;

/** The law that a fit uses unless told otherwise (Hoffmann et al. 2022). */
export const DEFAULT_LAW = 'chinchilla';

/** The law of the library called `name`, if there is one. */
function inLibrary(name: string): Law | undefined {
  return Object.hasOwn(laws, name) ? (laws[name as LawName] as unknown as Law) : undefined;
}

/** Whether `law` is one of the library's, of this build or of another: then its name says all. */
export function isBuiltIn(law: LawForm): boolean {
  const own = inLibrary(law.kind);
  return own !== undefined && own.equation === law.equation && own.source === law.source;
}

/**
 * The law called `name`: for text, which cannot hold the law itself.
 *
 * @param own - Laws of the caller, which may be named too.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, with the names there are.
 */
export function lawNamed(name: string, own: readonly LawForm[] = []): Law {
  const found = inLibrary(name) ?? own.find(({ kind }) => kind === name);
  if (found) return found as Law;
  const known = [...Object.keys(laws), ...own.map(({ kind }) => kind)];
  throw new ScalingLawsError(
    'E_LAW_UNKNOWN',
    {
      argument: 'law',
      rule: `be one of ${known.join(', ')}`,
      got: name,
      cure: 'a law of your own must be given itself',
    },
    { law: name, known },
  );
}

/**
 * `law`, checked and made ready for a fit.
 *
 * @throws {ScalingLawsError} `E_LAW_FORM` if it is ill-formed: the kind of a law of the library, a coefficient without bounds, unit or solver
 *   rule, a value that is finite nowhere or throws, a gradient that is not the derivative of the value.
 */
export function checkedLaw<Name extends string>(law: LawForm<Name>): Law<Name> {
  const form: unknown = law;
  if (!isLaw(form)) throw refusal('law', 'be the name of a law, or a law made by defineLaw', law);
  if (!isBuiltIn(form)) {
    const { kind } = form;
    if (inLibrary(kind)) {
      const breach = {
        where: `law ${kind}`,
        argument: 'kind',
        rule: 'be a name that no law of the library has',
        got: kind,
      };
      throw new ScalingLawsError('E_LAW_FORM', breach, { law: kind });
    }
    form.check?.(form);
  }
  return law as Law<Name>;
}
