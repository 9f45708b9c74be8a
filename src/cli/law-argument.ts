/** The LAW of a command line, a published law by name or the path of a saved fit; and the FIT, which has rows behind it. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ScalingLawsError } from '../errors.ts';
import { type Fit, fitFromJson } from '../fit/fit.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { publishedLaws } from '../laws/published.ts';
import { nearest } from '../nearest.ts';
import { readFitFile } from '../node.ts';
import type { Io } from './io.ts';

/** Help of the argument. */
export const LAW_HELP =
  "a published law's name (see scaling-laws laws), the file of a saved fit, or - for one on stdin";

/**
 * The law that `text` names; a published law wins over a file of that name.
 *
 * @param folder - Where files are looked for.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN` if it is neither, with the closest name. @throws {ScalingLawsError} If the file holds no fit.
 */
export async function lawFrom(text: string, io: Io, folder = '.'): Promise<FittedLaw<string>> {
  if (text === '-') return fitFromJson(await io.stdin());
  const published = Object.values(publishedLaws);
  const found = published.find(({ name }) => name === text);
  if (found) return found;
  const path = folder === '.' ? text : resolve(folder, text);
  if (existsSync(path)) return readFitFile(path);
  const names = published.map(({ name }) => name);
  const near = nearest(text, names);
  const hint = near === undefined ? '' : `did you mean ${near}? `;
  throw new ScalingLawsError(
    'E_LAW_UNKNOWN',
    `LAW must be the name of a published law or the file of a saved fit, got ${JSON.stringify(text)}; ` +
      `${hint}the names are ${names.join(', ')}`,
    { law: text, didYouMean: near, known: names },
  );
}

/** The saved fit at path `text`, or on standard input. @throws {ScalingLawsError} If there is none, or a published law is asked for. */
export async function savedFitFrom(text: string, io: Io): Promise<Fit> {
  if (text === '-') return fitFromJson(await io.stdin());
  if (!existsSync(text) && Object.values(publishedLaws).some(({ name }) => name === text)) {
    throw new ScalingLawsError(
      'E_FILE',
      `FIT must be a saved fit, got the published law ${text}, whose rows are not here`,
      {},
    );
  }
  return readFitFile(text);
}
