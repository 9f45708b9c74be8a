/** A manifest: which files hold the runs, and what they do not say themselves. Tools write a file a run, none of which knows its model's size. */

import { dirname, isAbsolute, join } from 'node:path';
import { onlyKnown } from '../arguments.ts';
import { ScalingLawsError } from '../errors.ts';
import type { ReadRunsOptions } from '../runs/read-runs.ts';
import { isRecord } from '../runs/table.ts';

/** A file of a manifest, and how to read it. */
export interface ManifestFile {
  readonly path: string;
  readonly options: ReadRunsOptions;
}

/** What may stand beside `files`, for all of them, and beside the `path` of one. */
const SETTINGS = ['format', 'columns', 'constants', 'runConstants', 'flopsPerParamToken', 'onBadRow'] as const;

/** Whether `text` looks like a manifest: a JSON object with a list `files`. */
export const isManifest = (text: string): boolean =>
  /^\uFEFF?\s*\{\s*"/.test(text) && /"files"\s*:\s*\[\s*\{/.test(text);

/**
 * The files that the manifest `text` names. What it says for a file wins over what it says for all, and that over `options`; columns and
 * values are merged one by one.
 *
 * @param place - Path of the manifest; the paths in it start from its folder.
 * @throws {ScalingLawsError} `E_FORMAT` if it is no manifest, `E_OPTION` for a key that is none.
 */
export function readManifest(text: string, place: string, options: ReadRunsOptions): readonly ManifestFile[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ScalingLawsError(
      'E_FORMAT',
      `the manifest must be JSON, got a syntax error: ${(error as Error).message}`,
    );
  }
  if (!isRecord(manifest) || !Array.isArray(manifest.files)) {
    throw new ScalingLawsError('E_FORMAT', 'a manifest must be { files: [{ path, ... }] }, got another value');
  }
  const { files, ...shared } = manifest;
  onlyKnown('manifest', shared, SETTINGS);
  return files.map((file: unknown, i) => {
    if (!isRecord(file) || typeof file.path !== 'string') {
      throw new ScalingLawsError('E_FORMAT', `files[${i}] must be an object with a path, got ${JSON.stringify(file)}`);
    }
    const { path, ...own } = file;
    onlyKnown(`files[${i}]`, own, SETTINGS);
    return {
      path: isAbsolute(path) ? path : join(dirname(place), path),
      options: over(over(options, shared), own),
    };
  });
}

const over = (base: ReadRunsOptions, more: ReadRunsOptions): ReadRunsOptions => ({
  ...base,
  ...more,
  columns: { ...base.columns, ...more.columns },
  constants: { ...base.constants, ...more.constants },
  runConstants: { ...base.runConstants, ...more.runConstants },
});
