/** A manifest: which files hold the runs, and what they do not say themselves. Tools write a file a run, none of which knows its model's size. */

import { dirname, isAbsolute, join } from 'node:path';
import { type ReadRunsOptions, readRunsOptions } from '../runs/read-runs.ts';
import { check } from '../schema/check.ts';
import { list, text as string } from '../schema/fields.ts';
import { type Given, object } from '../schema/objects.ts';
import { notJson } from '../tables/read-text.ts';

/** A file of a manifest, and how to read it. */
export interface ManifestFile {
  readonly path: string;
  readonly options: ReadRunsOptions;
}

/** What a manifest holds: options of `readRuns` for all files, and for one beside its path. */
export const manifest = object('manifest', {
  files: list(
    object('file', {
      path: string({ help: "Path of a table or an export; it starts from the manifest's folder." }),
      ...readRunsOptions.entries,
    }),
    { help: 'Which files hold the runs.' },
  ),
  ...readRunsOptions.entries,
});

/** Whether `text` looks like a manifest: a JSON object with a list `files`. */
export const isManifest = (text: string): boolean =>
  /^\uFEFF?\s*\{\s*"/.test(text) && /"files"\s*:\s*\[\s*\{/.test(text);

/**
 * The files that the manifest `text` names. What it says for a file wins over what it says for all, and that over `options`; columns and
 * values are merged one by one.
 *
 * @param place - Path of the manifest; the paths in it start from its folder.
 * @throws {ScalingLawsError} `E_FORMAT` if it is no JSON, `E_OPTION` for a key that is none, `E_ARGUMENT` for a value that breaks its rule.
 */
export function readManifest(text: string, place: string, options: ReadRunsOptions): readonly ManifestFile[] {
  const given = parsed(text.replace(/^\uFEFF/, ''));
  check(manifest, given);
  // As it was written: a default of the schema must not win over what was said for all files.
  const { files, ...shared } = given as Given<typeof manifest>;
  return files.map(({ path, ...own }) => ({
    path: isAbsolute(path) ? path : join(dirname(place), path),
    options: over(over(options, shared), own),
  }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson('the manifest', error);
  }
}

const over = (base: ReadRunsOptions, more: ReadRunsOptions): ReadRunsOptions => ({
  ...base,
  ...more,
  columns: { ...base.columns, ...more.columns },
  constants: { ...base.constants, ...more.constants },
  runConstants: { ...base.runConstants, ...more.runConstants },
});
