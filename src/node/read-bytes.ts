/** A file's bytes, unpacked where they are packed. */

import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ScalingLawsError } from '../errors.ts';
import { fileReason } from './file-reason.ts';

/** Bytes of what is packed, at most: a small file may hold any number of zeros. */
const MOST_BYTES = 1 << 29;
const SLICE = 1 << 16;

/** The bytes of the file at `path`. @throws {ScalingLawsError} `E_FILE` */
export async function bytesAt(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const breach = { where: path, argument: 'the file', rule: 'be readable', got: fileReason(cause) };
    throw new ScalingLawsError('E_FILE', breach, { path });
  }
}

/**
 * `bytes` as they were before gzip or Zstandard packed them; others as they are.
 *
 * @throws {ScalingLawsError} `E_FILE` if they do not unpack, or to more than `most`, half a gigabyte.
 */
export async function unpacked(bytes: Uint8Array, most: number = MOST_BYTES): Promise<Uint8Array> {
  const begins = (...magic: readonly number[]): boolean => magic.every((byte, i) => bytes[i] === byte);
  try {
    if (begins(0x1f, 0x8b)) return await promisify(gunzip)(bytes, { maxOutputLength: most });
    if (begins(0x28, 0xb5, 0x2f, 0xfd)) return await fromZstandard(bytes, most);
    return bytes;
  } catch (cause) {
    const got = (cause as Error).message;
    throw new ScalingLawsError('E_FILE', { argument: 'the file', rule: `unpack to at most ${most} bytes`, got });
  }
}

/** In slices, so that what unpacks to too much is stopped on the way. Node has this of its own from version 22.15 on. */
async function fromZstandard(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  const { Decompress } = await import('fzstd');
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Decompress((part) => {
    parts.push(part);
    size += part.length;
    if (size > most) throw new RangeError('more');
  });
  for (let at = 0; at < bytes.length; at += SLICE) {
    stream.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
  }
  return Buffer.concat(parts);
}
