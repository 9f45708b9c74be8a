/** A saved fit from its file. */

import { ScalingLawsError } from '../errors.ts';
import { type Fit, fitFromJson } from '../fit/fit.ts';
import { inFile } from './in-file.ts';
import { bytesAt } from './read-bytes.ts';

/**
 * Reads a saved fit from a file: {@link fitFromJson} on its text.
 *
 * @param path - Path of a UTF-8 file that holds `JSON.stringify(fit)`.
 * @returns The fit, frozen.
 * @throws {ScalingLawsError} `E_FILE` if the file cannot be read as text; else with the codes of {@link fitFromJson}, the path before the
 *   message.
 */
export async function readFitFile(path: string): Promise<Fit> {
  const bytes = await bytesAt(path);
  return inFile(path, () => fitFromJson(textIn(bytes)));
}

function textIn(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ScalingLawsError('E_FILE', { argument: 'the file', rule: 'be UTF-8 text', got: 'other bytes' });
  }
}
