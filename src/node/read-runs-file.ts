/** Runs from files: one, several, the tables of a folder, or those that a manifest names. */

import { refusal } from '../errors.ts';
import { settingsOf } from '../runs/read-runs.ts';
import type { Runs } from '../runs/runs.ts';
import { runsOfTable } from '../runs/runs-of-table.ts';
import { type FoundTable, sourceOfTable, tableIn } from '../runs/source.ts';
import { check } from '../schema/check.ts';
import { ofFiles, type ReadRunsFileOptions } from './file-options.ts';
import { filesOf } from './find-files.ts';
import { withNameValues } from './from-name.ts';
import { inFile } from './in-file.ts';
import { joinFiles, type Part } from './join-files.ts';
import { isManifest, readManifest } from './manifest.ts';
import { joinedWide } from './parallel-wide.ts';
import { bytesAt } from './read-bytes.ts';
import { runValuesIn } from './run-values.ts';
import { stemOf } from './stem.ts';
import { contentOf } from './table-in-bytes.ts';

/** One file, opened. */
interface Opened extends FoundTable {
  readonly path: string;
  readonly options: ReadRunsFileOptions;
}

/** Files that are open at one time. */
const AT_ONCE = 16;

/**
 * Reads training runs from files: {@link readRuns} on each, joined.
 *
 * @param paths - A file, a folder, a pattern such as `runs/*.csv`, or a list of these. A file holds a table, what a tool exports, or a
 *   manifest (JSON): `{ "files": [{ "path": "a.csv", "constants": { "N": "1.3B", "tokensPerStep": "2M" } }] }`, whose other keys are options
 *   for all files. It may be packed (gzip, Zstandard), Parquet, or a workbook (`runs.xlsx`, `runs.xlsx#Sheet2`); what it is, its content says.
 * @param options - As for {@link readRuns}; and `fromName`. `runConstants` may be the path of a table of them.
 * @returns Frozen runs. Those of several files have a column `run`, the file's name where a file does not tell, and the file's path in
 *   `extra.file`. Files with a column a model and names of quantities (`loss.csv`, `tokens.csv`) are read side by side.
 * @throws {ScalingLawsError} `E_FILE` if a file is missing, or no table; else as {@link readRuns}, the path before the message.
 */
export async function readRunsFile(
  paths: string | readonly string[],
  options: ReadRunsFileOptions = {},
): Promise<Runs> {
  const listed = typeof paths === 'string' ? [paths] : paths;
  if (listed.length === 0) throw refusal('paths', 'name a file', 'none');
  const files = await filesOf(listed);
  const opened: Opened[] = [];
  for (let i = 0; i < files.length; i += AT_ONCE) {
    const some = files.slice(i, i + AT_ONCE).map((path) => open(path, options, []));
    opened.push(...(await Promise.all(some)).flat());
  }
  const wide = joinedWide(opened);
  const one = wide ? { ...opened[0]!, ...wide } : opened.length === 1 ? opened[0] : undefined;
  // A file of a manifest is one of several, even where it is alone.
  if (one && files.includes(one.path)) return readPart(one);
  const parts: Part[] = [];
  for (const file of opened) parts.push({ path: file.path, runs: await readPart(file) });
  return joinFiles(parts);
}

/** Runs from bytes that stand in no file, such as standard input. */
export async function readRunsBytes(bytes: Uint8Array | string, options: ReadRunsFileOptions = {}): Promise<Runs> {
  const { content, notes } = typeof bytes === 'string' ? { content: bytes, notes: [] } : await contentOf(bytes);
  return readPart({ path: '', options, ...withNotes(tableIn(content, options.format), notes) });
}

/** The table of a file, or those of the files that a manifest names. */
async function open(path: string, options: ReadRunsFileOptions, above: readonly string[]): Promise<readonly Opened[]> {
  const [, file = path, sheet] = /^(.*\.xlsx)#(.+)$/i.exec(path) ?? [];
  const bytes = await bytesAt(file);
  const { content, notes } = await inFile(path, () => contentOf(bytes, sheet));
  if (options.format === undefined && typeof content === 'string' && isManifest(content)) {
    if (above.includes(path)) {
      throw refusal('the manifest', 'name other files than itself', path, 'leave its own path out');
    }
    const files = await inFile(path, () => readManifest(content, path, options));
    const all: Opened[] = [];
    for (const one of files) all.push(...(await open(one.path, one.options, [...above, path])));
    return all;
  }
  const found = await inFile(path, () => tableIn(content, options.format));
  return [{ path, options, ...withNotes(found, notes) }];
}

const withNotes = (found: FoundTable, notes: readonly string[]): FoundTable =>
  notes.length === 0 ? found : { ...found, table: { ...found.table, notes: [...notes, ...(found.table.notes ?? [])] } };

/** The runs of one table, with what its name says and others know of it. */
async function readPart({ path, options, ...found }: Opened): Promise<Runs> {
  const { fromName, runConstants: byRun, ...reading } = options;
  check(ofFiles, { fromName, runConstants: byRun });
  return inFile(path, async () => {
    const isPath = typeof byRun === 'string';
    const settings = settingsOf({ ...reading, ...(byRun !== undefined && !isPath && { runConstants: byRun }) });
    const plain = sourceOfTable(found, settings);
    const given = new Set(
      [settings.columns, settings.constants, ...Object.values(settings.runConstants)].flatMap(Object.keys),
    );
    const source = withNameValues(plain, stemOf(path, fromName?.split('/').slice(1).length), fromName, given);
    if (!isPath) return runsOfTable(source, settings);
    return runsOfTable(source, { ...settings, runConstants: await runValuesIn(byRun, source) });
  });
}
