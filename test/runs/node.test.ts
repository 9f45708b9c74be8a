import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { readManifest } from '../../src/node/manifest.ts';
import { readFitFile, readRunsFile } from '../../src/node.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { errorOf } from './error-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'runs-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const failure = async (call: Promise<unknown>): Promise<ScalingLawsError> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ScalingLawsError);
  return error as ScalingLawsError;
};

describe('readRunsFile', () => {
  it.each([
    ['runs.csv', 'N,D,loss\n1,2,3'],
    ['runs.TSV', 'N\tD\tloss\n1\t2\t3'],
    ['runs.json', '[{"N":1,"D":2,"loss":3}]'],
    ['runs.jsonl', '{"N":1,"D":2,"loss":3}'],
    ['runs.ndjson', '{"N":1,"D":2,"loss":3}'],
    ['runs.txt', 'N;D;loss\n1;2;3'],
    ['runs', '{"N":[1],"D":[2],"loss":[3]}'],
  ])('reads %s', async (name, content) => {
    expect((await readRunsFile(file(name, content))).C).toEqual(Float64Array.of(12));
  });

  it('believes the content, not the extension', async () => {
    const path = file('wrong.json', 'N,D,loss\n1,2,3');
    expect((await readRunsFile(path)).length).toBe(1);
    expect((await failure(readRunsFile(path, { format: 'json' }))).code).toBe('E_FORMAT');
  });

  it('names the file in what goes wrong with its rows', async () => {
    const path = file('bad.csv', 'N,D,loss\n1,0,3');
    const error = await failure(readRunsFile(path));
    expect(error.code).toBe('E_CELL');
    expect(error.message).toBe(`${path}: row 1: D must be a positive finite number of tokens, got 0`);
    expect(error.details).toMatchObject({ path, row: 1, column: 'D' });
  });

  it('reads UTF-16, and refuses what is not there', async () => {
    const wide = file('utf16.csv', Buffer.from('\uFEFFN\tD\tloss\n1\t2\t3', 'utf16le'));
    expect((await readRunsFile(wide)).C).toEqual(Float64Array.of(12));
    const error = await failure(readRunsFile(join(folder, 'absent.csv')));
    expect(error).toMatchObject({ code: 'E_FILE', rule: 'be readable', got: 'no such file or folder' });
  });
});

describe('readFitFile', () => {
  const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });

  it('reads a saved fit', async () => {
    const fit = fitScalingLaw(runs);
    expect(await readFitFile(file('fit.json', JSON.stringify(fit)))).toEqual(fit);
  });

  it.each([
    ['absent-fit.json', undefined, 'E_FILE', 'the file must be readable'],
    ['number.json', '3', 'E_FIT_SCHEMA', 'saved fit: must be a JSON object, got "3"'],
    ['other.json', '{"schema":"scaling-laws/fit@9"}', 'E_FIT_SCHEMA', 'saved fit: schema must be'],
  ])('names the file in what is wrong with %s', async (name, content, code, message) => {
    const path = content === undefined ? join(folder, name) : file(name, content);
    await expect(readFitFile(path)).rejects.toThrow(ScalingLawsError);
    await expect(readFitFile(path)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`${path}: ${message}`),
    });
  });
});

describe('a manifest', () => {
  const at = (text: string) => readManifest(text, '/data/all.json', {});

  it('takes every option of readRuns but the ones that only code can give', () => {
    const [file] = at('{ "convention": { "N": "body" }, "onBadRow": "skip", "files": [{ "path": "a.csv" }] }');
    expect(file).toMatchObject({ path: '/data/a.csv', options: { convention: { N: 'body' }, onBadRow: 'skip' } });
  });

  it.each([
    ['{ "files": [{ "path": "a.csv", "zzz": 1 }] }', 'E_OPTION', 'files[0]'],
    ['{ "zzz": 1, "files": [{ "path": "a.csv" }] }', 'E_OPTION', 'manifest'],
    ['{ "files": [{ "constants": {} }] }', 'E_ARGUMENT', 'files[0].path'],
    ['{ "files": [{ "path": "a.csv", "constants": { "N": "big" } }] }', 'E_ARGUMENT', 'files[0].constants.N'],
  ])('%s is refused with %s about %s', (text, code, argument) => {
    expect(errorOf(() => at(text))).toMatchObject({ code, argument });
  });
});
