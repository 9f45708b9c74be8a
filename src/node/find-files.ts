/** Which files a list of paths means: files as they are, the tables in a folder, and what a pattern matches. */

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ScalingLawsError } from '../errors.ts';
import { fileReason } from './file-reason.ts';

/** Files of one call: more are a slip of a pattern. */
const MOST_FILES = 10_000;
const TABLES = '**/*.{csv,tsv,json,jsonl,ndjson,parquet,xlsx}{,.gz,.zst}';

/**
 * The files behind `paths`, each once, in order: those of a folder or a pattern by their names.
 *
 * @param paths - A file, a folder (its tables, those of folders within too), or a pattern such as `runs/*.csv`.
 * @throws {ScalingLawsError} `E_FILE` where a path or a pattern leads to no file, or to too many.
 */
export async function filesOf(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) found.push(...(await filesAt(path)));
  if (found.length > MOST_FILES) throw none(paths.join(' '), `be at most ${MOST_FILES} files`, found.length);
  return [...new Map(found.map((path) => [resolve(path), path])).values()];
}

async function filesAt(path: string): Promise<readonly string[]> {
  const kind = await stat(path).catch((cause: unknown) => cause);
  const isThere = !(kind instanceof Error);
  if (isThere && !(kind as Awaited<ReturnType<typeof stat>>).isDirectory()) return [path];
  if (!isThere && !/[*?[{]/.test(path)) {
    // A sheet may be named behind its workbook.
    if (/\.xlsx#/i.test(path)) return [path];
    throw none(path, 'be readable', fileReason(kind));
  }
  const { glob } = await import('tinyglobby');
  const options = { expandDirectories: false, ignore: ['**/node_modules/**'] };
  const files = isThere
    ? (await glob(TABLES, { ...options, cwd: path })).map((name) => `${path.replace(/\/$/, '')}/${name}`)
    : await glob(path.replaceAll('\\', '/'), options);
  if (files.length === 0) {
    throw none(path, isThere ? 'hold tables: csv, tsv, json, jsonl, parquet, xlsx' : 'match files', 'none');
  }
  return files.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

const none = (path: string, rule: string, got: unknown): ScalingLawsError =>
  new ScalingLawsError('E_FILE', { where: path, argument: 'the file', rule, got }, { path });
