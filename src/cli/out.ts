/** Where an answer goes: --json, and the file that --out names, by one rule for all commands: `-`, or no --out, is standard output. */

import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { ScalingLawsError } from '../errors.ts';
import { fileReason } from '../node/file-reason.ts';
import { text, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { flagSet } from './flags.ts';

/** The flag of a command that prints for people, or for programs what `help` says. */
export const jsonFlags = (help: string) =>
  flagSet(object('output', { json: optional(yes({ help })) }), { title: 'Output' });

/** Whether the answer goes to standard output. */
export const isStdout = (out: string | undefined): out is '-' | undefined => out === undefined || out === '-';

/** The field of the file to write. */
export const outFile = (help: string, otherwise: string) => optional(text({ help, otherwise, placeholder: 'file' }));

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
