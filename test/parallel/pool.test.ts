/** The built library on real worker threads: the same answers bit for bit, from ES modules, CommonJS and standard input. */

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Build, build } from './built.ts';

type Library = typeof import('../../src/index.ts') &
  typeof import('../../src/node.ts') &
  typeof import('../../src/simulate.ts');

let built: Build;
let library: Library;

beforeAll(async () => {
  built = build();
  const load = (name: string): Promise<object> => import(/* @vite-ignore */ built.file(name));
  library = { ...(await load('index.js')), ...(await load('node.js')), ...(await load('simulate.js')) } as Library;
}, 120_000);
afterAll(() => built?.remove());

function example(): { runs: ReturnType<Library['simulateRuns']>; fit: ReturnType<Library['fitScalingLaw']> } {
  const { simulateRuns, fitScalingLaw, publishedLaws } = library;
  const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, checkpoints: 2, seed: 1 });
  return { runs, fit: fitScalingLaw(runs, { penalty: { kind: 'squared' } }) };
}
const options = { replicates: 230, seed: 3 };

describe('a law of your own', () => {
  const source = (entry: string): string => `
    const law = ${entry}.defineLaw({
      kind: 'one-exponent',
      variables: ['N', 'D'],
      coefficients: {
        E: ${entry}.floor(),
        A: ${entry}.amplitude('N', 'alpha'),
        B: ${entry}.amplitude('D', 'alpha'),
        alpha: ${entry}.exponent(),
      },
      equation: 'L(N, D) = E + A / N^alpha + B / D^alpha',
      source: 'a test',
      value: ({ E, A, B, alpha }, { N, D }) => E + A / N ** alpha + B / D ** alpha,
    });`;

  it('defined in CommonJS works in ES modules of the same process, and the other way round', () => {
    const require = createRequire(built.file('index.js'));
    const common: Library = require('./index.cjs');
    const { defineLaw, floor, amplitude, exponent } = common;
    const law = defineLaw({
      kind: 'size-alone',
      variables: ['N'],
      coefficients: { E: floor(), A: amplitude('N', 'alpha'), alpha: exponent() },
      equation: 'L(N) = E + A / N^alpha',
      source: 'a test',
      value: ({ E, A, alpha }, { N }) => E + A / N ** alpha,
    });
    const { runs } = example();
    const [here, there] = [library.fitScalingLaw(runs, { law }), common.fitScalingLaw(runs, { law })];
    expect(here.coefficients).toEqual(there.coefficients);
    const point = { N: 1e9, D: 1e11 };
    expect(library.predictor(there).loss(point)).toBe(common.predictor(here).loss(point));
    expect(library.predictor(common.publishedLaws.kaplan2020).loss({ N: 1e9, D: 1e10 })).toBeCloseTo(2.42, 3);
  });

  it('is loaded from its file, in worker threads too', async () => {
    writeFileSync(built.file('law.mjs'), `import * as entry from './index.js'; ${source('entry')} export { law };`);
    writeFileSync(
      built.file('law.cjs'),
      `const entry = require('./index.cjs'); ${source('entry')} module.exports = law;`,
    );
    const { runs } = example();
    for (const name of ['law.mjs', 'law.cjs']) {
      const law = await library.loadLawFile(built.file(name));
      const fit = library.fitScalingLaw(runs, { law, search: { starts: 8, hops: 0 } });
      const few = { replicates: 60, seed: 3 };
      const found = await library.bootstrapParallel(fit, runs, { ...few, workers: 2 });
      expect(found).toEqual(library.bootstrap(fit, runs, few));
    }
  });

  it('is refused where a file is absent, broken, or exports none or two', async () => {
    writeFileSync(built.file('two.mjs'), "export * from './law.mjs'; export { chinchilla } from './laws.js';");
    writeFileSync(built.file('none.mjs'), 'export const law = 1;');
    writeFileSync(built.file('broken.mjs'), 'export const law = ;');
    writeFileSync(built.file('lost.mjs'), "import 'no-such-package';");
    const refused = (name: string): Promise<unknown> =>
      library.loadLawFile(built.file(name)).catch((error: unknown) => error);
    expect(await refused('absent.mjs')).toMatchObject({ code: 'E_FILE', rule: 'be a file that is there' });
    expect(await refused('broken.mjs')).toMatchObject({ code: 'E_FILE', rule: 'be a module that Node can load' });
    expect(await refused('lost.mjs')).toMatchObject({ code: 'E_FILE', cure: expect.stringContaining('npm install') });
    expect(await refused('none.mjs')).toMatchObject({ code: 'E_LAW_FORM', got: 'none' });
    expect(await refused('two.mjs')).toMatchObject({ code: 'E_LAW_FORM', got: 'chinchilla, one-exponent' });
  });
});

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
      code: 'E_ARGUMENT',
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
  const names = 'fitScalingLaw, publishedLaws';
  const run = (args: readonly string[], input?: string): unknown =>
    JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', ...(input && { input }) }));
  const expected = (): unknown => {
    const { runs, fit } = example();
    return library.bootstrap(fit, runs, options);
  };

  it('CommonJS', () => {
    const code = `
      const { ${names} } = require(${JSON.stringify(built.file('index.cjs'))});
      const { simulateRuns } = require(${JSON.stringify(built.file('simulate.cjs'))});
      const { bootstrapParallel } = require(${JSON.stringify(built.file('node.cjs'))});${body}`;
    expect(run(['-e', code])).toEqual(expected());
  });

  it('an ES module from standard input', () => {
    const code = `
      import { ${names} } from ${JSON.stringify(built.file('index.js'))};
      import { simulateRuns } from ${JSON.stringify(built.file('simulate.js'))};
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
      const { simulateRuns } = await import(${JSON.stringify(built.file('simulate.js'))});
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
