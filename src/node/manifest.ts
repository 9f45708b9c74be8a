/** A manifest: which files hold the runs, and what they do not say themselves. Tools write a file a run, none of which knows its model's size. */

import { dirname, isAbsolute, join } from 'node:path';
import { check } from '../schema/check.ts';
import { list, text as string } from '../schema/fields.ts';
import { type Given, object } from '../schema/objects.ts';
import { notJson } from '../tables/read-text.ts';
import { fileOptions, type ReadRunsFileOptions } from './file-options.ts';

/** A file of a manifest, and how to read it. */
export interface ManifestFile {
  readonly path: string;
  readonly options: ReadRunsFileOptions;
}

/** What a manifest holds: options of `readRuns` for all files, and for one beside its path. */
export const manifest = object('manifest', {
  files: list(
    object('file', {
      path: string({ help: "Path of a table or an export; it starts from the manifest's folder." }),
      ...fileOptions.entries,
    }),
    { help: 'Which files hold the runs.' },
  ),
  ...fileOptions.entries,
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
export function readManifest(text: string, place: string, options: ReadRunsFileOptions): readonly ManifestFile[] {
  const given = parsed(text.replace(/^\uFEFF/, ''));
  check(manifest, given);
  // As it was written: a default of the schema must not win over what was said for all files.
  const { files, ...shared } = given as Given<typeof manifest>;
  const beside = (path: string): string => (isAbsolute(path) ? path : join(dirname(place), path));
  const placed = (own: ReadRunsFileOptions): ReadRunsFileOptions =>
    typeof own.runConstants === 'string' ? { ...own, runConstants: beside(own.runConstants) } : own;
  return files.map(({ path, ...own }) => ({
    path: beside(path),
    options: over(over(options, placed(shared)), placed(own)),
  }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson('the manifest', error);
  }
}

const over = (base: ReadRunsFileOptions, more: ReadRunsFileOptions): ReadRunsFileOptions => ({
  ...base,
  ...more,
  columns: { ...base.columns, ...more.columns },
  constants: { ...base.constants, ...more.constants },
  ...valuesOver(base.runConstants, more.runConstants),
});

type Values = Pick<ReadRunsFileOptions, 'runConstants'>;

/** Values by run, merged; of two tables of them the nearer. */
const valuesOver = (base: Values['runConstants'], more: Values['runConstants']): Values => {
  const isTable = typeof base === 'string' || typeof more === 'string';
  return isTable ? { runConstants: more ?? base } : { runConstants: { ...base, ...more } };
};
