/** The file that --out names, by one rule for all commands: `-`, or no --out, is standard output. */

import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { ScalingLawsError } from '../errors.ts';
import { fileReason } from '../node/file-reason.ts';

/** Whether the answer goes to standard output. */
export const isStdout = (out: string | undefined): out is '-' | undefined => out === undefined || out === '-';

/**
 * Writes the whole file or nothing: beside its place first, then renamed into it.
 *
 * @throws {ScalingLawsError} `E_FILE` if it cannot be written.
 */
export async function writeOut(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    // A device or a pipe, such as /dev/stdout, must not be replaced by a file.
    const place = await stat(path).catch(() => undefined);
    if (place && !place.isFile()) return await writeFile(path, content);
    await writeFile(beside, content);
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => undefined);
    const reason = fileReason(cause);
    throw new ScalingLawsError('E_FILE', `--out must be a file that can be written, got ${path}: ${reason}`, { path });
  }
}
