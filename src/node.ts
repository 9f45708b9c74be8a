/** What needs Node: reading runs and saved fits from files. Everything else is in the core entry and runs in a browser too. */

import { readFile } from 'node:fs/promises';
import { type ErrorCode, type ErrorDetails, FitError, RunsError, ScalingLawsError } from './errors.ts';
import { type Fit, fitFromJson } from './fit/fit.ts';
import { type ReadRunsOptions, readRuns } from './runs/read-runs.ts';
import type { TableFormat } from './runs/read-table.ts';
import type { Runs } from './runs/runs.ts';

const FORMAT_OF_EXTENSION: Readonly<Record<string, TableFormat>> = {
  csv: 'csv',
  tsv: 'tsv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
};

/**
 * Reads training runs from a file: {@link readRuns} on its text.
 *
 * @param path - Path of a UTF-8 file; `.csv`, `.tsv`, `.json`, `.jsonl` and `.ndjson` tell the format.
 * @param options - As for {@link readRuns}; `format` wins over the extension.
 * @returns Frozen runs.
 * @throws {RunsError} `E_FILE` if the file cannot be read as text; else as {@link readRuns}, the path before the message.
 */
export async function readRunsFile(path: string, options: ReadRunsOptions = {}): Promise<Runs> {
  const format = options.format ?? FORMAT_OF_EXTENSION[path.split('.').at(-1)!.toLowerCase()];
  return fromFile(RunsError, path, (text) => readRuns(text, format ? { ...options, format } : options));
}

/**
 * Reads a saved fit from a file: {@link fitFromJson} on its text.
 *
 * @param path - Path of a UTF-8 file that holds `JSON.stringify(fit)`.
 * @returns The fit, frozen.
 * @throws {FitError} `E_FILE` if the file cannot be read as text; else with the codes of {@link fitFromJson}, the path before the
 *   message.
 */
export async function readFitFile(path: string): Promise<Fit> {
  return fromFile(FitError, path, fitFromJson);
}

type ErrorClass = new (code: ErrorCode, message: string, details: ErrorDetails) => ScalingLawsError;

/** What `read` makes of the text of a file; whatever goes wrong names the file. */
async function fromFile<T>(error: ErrorClass, path: string, read: (text: string) => T): Promise<T> {
  const text = await readText(error, path);
  try {
    return read(text);
  } catch (reason) {
    if (!(reason instanceof ScalingLawsError)) throw reason;
    throw new error(reason.code, `${path}: ${reason.message}`, { ...reason.details, path });
  }
}

async function readText(error: ErrorClass, path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new error('E_FILE', `${path}: the file must be readable UTF-8 text, got ${reason}`, { path });
  }
}

export { ablateParallel, bootstrapParallel, type PoolOption } from './node/pool.ts';
