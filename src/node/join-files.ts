/** The runs of several files as one table: every run under a name of its own, every row with the file that it came from. */

import { type Finding, finding } from '../finding.ts';
import { spanOf } from '../numeric/span.ts';
import { joinRuns } from '../runs/join-runs.ts';
import type { Runs } from '../runs/runs.ts';
import { stemOf } from './stem.ts';

/** The runs of one file. */
export interface Part {
  readonly path: string;
  readonly runs: Runs;
}

/**
 * All `parts`, joined. A file without names of runs is a run of its own, named as the file, with as many of its folders as tell it from others.
 * Two files that hold a run of one name hold one run where its tokens go on from the one to the other; else both names begin with the file's,
 * and a warning says so.
 */
export function joinFiles(parts: readonly Part[]): Runs {
  const names = ownNames(parts.map(({ path }) => path));
  const named = parts.map(({ path, runs }, i) => ({
    path,
    name: names[i]!,
    runs,
    run: runs.run ?? all(runs, names[i]!),
  }));
  const twice = clashing(named);
  const warnings: Finding[] = [...twice].map((run) => {
    const files = named.filter((part) => part.run.includes(run)).map(({ path }) => path);
    const message = `${files.length} files hold a run ${JSON.stringify(run)} (${files.slice(0, 3).join(', ')}): each is read as another run, named after its file.`;
    return finding('W_RUN_DOUBLED', message, { about: [`runs.${run}`] });
  });
  const joined = joinRuns(
    named.map(({ path, name, runs, run }) => ({
      ...runs,
      run: Object.freeze(run.map((own) => (twice.has(own) ? `${name}: ${own}` : own))),
      extra: { ...runs.extra, file: all(runs, path) },
      warnings: runs.warnings.map((one) => Object.freeze({ ...one, message: `${path}: ${one.message}` })),
    })),
  );
  return { ...joined, warnings: Object.freeze([...joined.warnings, ...warnings.map((one) => Object.freeze(one))]) };
}

const all = ({ length }: Runs, value: string): readonly string[] => Object.freeze(Array<string>(length).fill(value));

/** The names of files, with folders in front where two would be the same. */
function ownNames(paths: readonly string[]): readonly string[] {
  const most = Math.max(0, ...paths.slice(0, 1).map((path) => path.split('/').length));
  for (let folders = 0; folders < most; folders++) {
    const names = paths.map((path) => stemOf(path, folders));
    if (new Set(names).size === names.length) return names;
  }
  return paths;
}

/** Names of runs that stand in several files and are no run that goes on: of two sizes, or over the same tokens. */
function clashing(parts: readonly { readonly runs: Runs; readonly run: readonly string[] }[]): ReadonlySet<string> {
  const seen = new Map<string, { readonly part: number; readonly N: number; D: readonly [number, number] }[]>();
  parts.forEach(({ runs, run }, part) => {
    const rows = new Map<string, number[]>();
    run.forEach((name, i) => {
      const own = rows.get(name) ?? [];
      own.push(i);
      rows.set(name, own);
    });
    for (const [name, own] of rows) {
      const spans = seen.get(name) ?? [];
      spans.push({ part, N: runs.N[own[0]!]!, D: spanOf(own.map((i) => runs.D[i]!)) });
      seen.set(name, spans);
    }
  });
  const isOne = (spans: readonly { readonly N: number; readonly D: readonly [number, number] }[]): boolean => {
    const order = [...spans].sort((one, other) => one.D[0] - other.D[0]);
    return order.every(({ N, D }, i) => i === 0 || (N === order[i - 1]!.N && D[0] > order[i - 1]!.D[1]));
  };
  return new Set([...seen].flatMap(([name, spans]) => (spans.length > 1 && !isOne(spans) ? [name] : [])));
}
