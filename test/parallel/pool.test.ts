/** The built library on real worker threads: the same answers bit for bit, from ES modules, CommonJS and standard input. */

import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Build, build } from './built.ts';

type Library = typeof import('../../src/index.ts') & typeof import('../../src/node.ts');

let built: Build;
let library: Library;

beforeAll(async () => {
  built = build();
  const load = (name: string): Promise<object> => import(/* @vite-ignore */ built.file(name));
  library = { ...(await load('index.js')), ...(await load('node.js')) } as Library;
}, 120_000);
afterAll(() => built?.remove());

function example(): { runs: ReturnType<Library['simulateRuns']>; fit: ReturnType<Library['fitScalingLaw']> } {
  const { simulateRuns, fitScalingLaw, publishedLaws } = library;
  const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, checkpoints: 2, seed: 1 });
  return { runs, fit: fitScalingLaw(runs, { penalty: { kind: 'squared' } }) };
}
const options = { replicates: 230, seed: 3 };

describe('bootstrapParallel', () => {
  it.each([1, 2, 3])('on %i threads is bootstrap', async (workers) => {
    const { runs, fit } = example();
    const heard: number[] = [];
    const onProgress = (done: number): void => void heard.push(done);
    const found = await library.bootstrapParallel(fit, runs, { ...options, onProgress, workers });
    expect(found).toEqual(library.bootstrap(fit, runs, options));
    expect(JSON.stringify(found)).toBe(JSON.stringify(library.bootstrap(fit, runs, options)));
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard.at(-1)).toBe(1);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %s workers', async (workers) => {
    const { runs, fit } = example();
    await expect(library.bootstrapParallel(fit, runs, { workers })).rejects.toMatchObject({
      name: 'ScalingLawsError',
      code: 'E_OPTION',
      message: `workers must be an integer >= 1, got ${workers}`,
    });
  });

  it('stops at once where a signal says so', async () => {
    const { runs, fit } = example();
    const controller = new AbortController();
    const begin = performance.now();
    const work = library.bootstrapParallel(fit, runs, {
      replicates: 200_000,
      workers: 2,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(work).rejects.toMatchObject({ name: 'ScalingLawsError', code: 'E_ABORTED' });
    // All of it would take minutes.
    expect(performance.now() - begin).toBeLessThan(20_000);
  });

  it('rejects with typed errors', async () => {
    const { fit } = example();
    const others = library.simulateRuns({ law: fit, layout: { kind: 'sardana' }, seed: 9 });
    const work = library.bootstrapParallel(fit, others, { workers: 2 });
    await expect(work).rejects.toBeInstanceOf(library.ScalingLawsError);
    await expect(work).rejects.toMatchObject({ code: 'E_RUNS_MISMATCH' });
  });
});

describe('ablateParallel', () => {
  it.each([1, 3])('on %i threads is ablate', async (workers) => {
    const { runs } = example();
    const plan = {
      filters: [{ kind: 'range', of: 'tokensPerParam', max: [4, 100, 1000, Infinity] }],
      bootstrap: { replicates: 20 },
      predictAt: [{ N: 1e10, D: 1e12 }],
    } as const;
    const found = await library.ablateParallel(runs, { ...plan, workers });
    expect(found).toEqual(library.ablate(runs, plan));
    expect(JSON.stringify(found)).toBe(JSON.stringify(library.ablate(runs, plan)));
  });

  it('does plans with a function here', async () => {
    const { runs } = example();
    const filters = [{ kind: 'predicate', name: 'small', keep: ({ N }: { readonly N: number }) => N < 2e9 } as const];
    expect(await library.ablateParallel(runs, { filters, workers: 2 })).toEqual(library.ablate(runs, { filters }));
  });
});

describe('other ways in', () => {
  const body = `
    const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, checkpoints: 2, seed: 1 });
    const fit = fitScalingLaw(runs, { penalty: { kind: 'squared' } });
    bootstrapParallel(fit, runs, { replicates: 230, seed: 3, workers: 2 }).then((boot) => {
      process.stdout.write(JSON.stringify(boot));
    });`;
  const names = 'fitScalingLaw, publishedLaws, simulateRuns';
  const run = (args: readonly string[], input?: string): unknown =>
    JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', ...(input && { input }) }));
  const expected = (): unknown => {
    const { runs, fit } = example();
    return library.bootstrap(fit, runs, options);
  };

  it('CommonJS', () => {
    const code = `
      const { ${names} } = require(${JSON.stringify(built.file('index.cjs'))});
      const { bootstrapParallel } = require(${JSON.stringify(built.file('node.cjs'))});${body}`;
    expect(run(['-e', code])).toEqual(expected());
  });

  it('an ES module from standard input', () => {
    const code = `
      import { ${names} } from ${JSON.stringify(built.file('index.js'))};
      import { bootstrapParallel } from ${JSON.stringify(built.file('node.js'))};${body}`;
    expect(run(['--input-type=module'], code)).toEqual(expected());
  });

  it('without its worker file the main thread does the work', () => {
    const code = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const { existsSync } = fs;
      fs.existsSync = (path) => !String(path).endsWith('pool.worker.js') && existsSync(path);
      syncBuiltinESMExports();
      const { ${names} } = await import(${JSON.stringify(built.file('index.js'))});
      const { bootstrapParallel } = await import(${JSON.stringify(built.file('node.js'))});${body}`;
    expect(run(['--input-type=module'], code)).toEqual(expected());
  });
});

describe('the script of a Web Worker', () => {
  it('imports nothing, and answers like the library', () => {
    const code = `
      const listeners = [];
      globalThis.addEventListener = (type, listener) => listeners.push(listener);
      globalThis.postMessage = (message) => process.stdout.write(JSON.stringify(message));
      await import(${JSON.stringify(built.file('worker.js'))});
      listeners[0]({ data: { id: 7, job: { kind: 'replicates', law: { kind: 'library', name: 'nowhere' } } } });`;
    const out = execFileSync(process.execPath, ['--input-type=module'], { encoding: 'utf8', input: code });
    expect(JSON.parse(out)).toMatchObject({ id: 7, answer: { kind: 'failed', error: { code: 'E_LAW_UNKNOWN' } } });
  });
});
