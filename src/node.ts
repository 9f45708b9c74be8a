/** What needs Node: reading runs and saved fits from files. Everything else is in the core entry and runs in a browser too. */

import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { ScalingLawsError } from './errors.ts';
import { type Fit, fitFromJson } from './fit/fit.ts';
import { fileReason } from './node/file-reason.ts';
import { isManifest, type ManifestFile, readManifest } from './node/manifest.ts';
import { joinRuns } from './runs/join-runs.ts';
import { type ReadRunsOptions, readRuns } from './runs/read-runs.ts';
import type { Runs } from './runs/runs.ts';

/**
 * Reads training runs from a file: {@link readRuns} on its text; or from the files that a manifest names, joined.
 *
 * @param path - Path of a UTF-8 file: a table, what a tool exports, or a manifest (JSON):
 *   `{ "files": [{ "path": "a.csv", "constants": { "N": "1.3B", "tokensPerStep": "2M" } }] }`, whose other keys are options for all
 *   files. What a file is, its content says, not its extension.
 * @param options - As for {@link readRuns}.
 * @returns Frozen runs. Those of a manifest have a column `run`, the file's name where a file does not tell, and the file's path in
 *   `extra.file`.
 * @throws {ScalingLawsError} `E_FILE` if the file cannot be read as text; else as {@link readRuns}, the path before the message.
 */
export async function readRunsFile(path: string, options: ReadRunsOptions = {}): Promise<Runs> {
  const read = await fromFile(path, (text) =>
    options.format === undefined && isManifest(text) ? readManifest(text, path, options) : readRuns(text, options),
  );
  return 'N' in read ? read : joinRuns(await Promise.all(read.map(readPart)));
}

/** The runs of one file of a manifest, each row with the file that it came from. */
async function readPart({ path, options }: ManifestFile): Promise<Runs> {
  const runs = await readRunsFile(path, options);
  const all = (value: string): readonly string[] => Object.freeze(Array<string>(runs.length).fill(value));
  const warnings = runs.warnings.map((one) => Object.freeze({ ...one, message: `${path}: ${one.message}` }));
  return {
    ...runs,
    run: runs.run ?? all(basename(path, extname(path))),
    extra: { ...runs.extra, file: all(path) },
    warnings,
  };
}

/**
 * Reads a saved fit from a file: {@link fitFromJson} on its text.
 *
 * @param path - Path of a UTF-8 file that holds `JSON.stringify(fit)`.
 * @returns The fit, frozen.
 * @throws {ScalingLawsError} `E_FILE` if the file cannot be read as text; else with the codes of {@link fitFromJson}, the path before the
 *   message.
 */
export async function readFitFile(path: string): Promise<Fit> {
  return fromFile(path, fitFromJson);
}

/** What `read` makes of the text of a file; whatever goes wrong names the file. */
async function fromFile<T>(path: string, read: (text: string) => T): Promise<T> {
  const text = await readText(path);
  try {
    return read(text);
  } catch (reason) {
    if (!(reason instanceof ScalingLawsError)) throw reason;
    const { code, argument, rule, where, got, cure, message, details } = reason;
    const said =
      argument === undefined || rule === undefined
        ? `${path}: ${message}`
        : {
            where: where === undefined ? path : `${path}: ${where}`,
            argument,
            rule,
            got,
            ...(cure !== undefined && { cure }),
          };
    throw new ScalingLawsError(code, said, { ...details, path });
  }
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (cause) {
    const breach = {
      where: path,
      argument: 'the file',
      rule: 'be readable UTF-8 text',
      got: cause instanceof TypeError ? 'other bytes' : fileReason(cause),
      ...(cause instanceof TypeError && { cure: 'unpack it if it is compressed, or export it as CSV in UTF-8' }),
    };
    throw new ScalingLawsError('E_FILE', breach, { path });
  }
}

export type { Ablation } from './ablate/ablation.ts';
export type { AblationCoefficient } from './ablate/plan.ts';
export type { FamilyError, FamilyFits, FitEachOptions, OneFamily } from './families/each.ts';
export type { Fit } from './fit/fit.ts';
export type { Law } from './laws/law.ts';
export type { CoefficientOf } from './laws/registry.ts';
export { loadLawFile } from './node/law-file.ts';
export { plotDocument, pngOfSvg } from './node/pictures.ts';
export { ablateParallel, bootstrapParallel, fitEachParallel } from './node/pool.ts';
export type { PoolOption } from './node/workers.ts';
export type { Runs } from './runs/runs.ts';
export type { Bootstrap } from './uncertainty/bootstrap.ts';
