/** The PROBLEM of a command line: a problem file, whose law may be a name or a path, or a law alone. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { listOf, recordOf } from '../arguments.ts';
import { ScalingLawsError } from '../errors.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { lawFromJson } from '../laws/from-json.ts';
import type { Goal, PlanProblem } from '../plan/problem.ts';
import { type Io, stdinText } from './io.ts';
import { type LawSource, lawFrom, ofFile, ownLaws } from './law-argument.ts';
import { PUBLISHED_NAMES } from './law-names.ts';

/** What a file says of a problem; flags may say the rest. */
export interface Posed extends Omit<PlanProblem, 'law' | 'goal'> {
  readonly law: FittedLaw<string>;
  readonly goal?: Goal;
}

/** A problem as far as it is posed, and the file that poses it, where one does. */
export interface Source {
  readonly posed: Posed;
  readonly file: string | undefined;
}

/**
 * What `text` poses. A law named in a problem file is looked for beside that file.
 *
 * @throws {ScalingLawsError} `E_FORMAT`, which names the file. @throws {ScalingLawsError} @throws {ScalingLawsError}
 */
export async function posedBy(text: string | undefined, source: LawSource, io: Io): Promise<Source> {
  const isLaw = text === undefined || PUBLISHED_NAMES.includes(text) || !(text === '-' || existsSync(text));
  if (isLaw) return { posed: { law: await lawFrom(text, source, io) }, file: undefined };
  const isStdin = text === '-';
  const file = isStdin ? 'standard input' : text;
  const content = await contentOf(file, async () => (isStdin ? stdinText(io) : readFileSync(text, 'utf8')));
  const data = parsed(file, content);
  const again: Io = { ...io, stdin: async () => content };
  if ('schema' in data || 'coefficients' in data) {
    return { posed: { law: await lawFrom(text, source, again) }, file: undefined };
  }
  return inFile(file, async () => {
    const posed = checked(data as Posed);
    const named = posed.law as FittedLaw<string> | string;
    if (typeof named !== 'string')
      return { posed: { ...posed, law: lawFromJson(named, { laws: await ownLaws(source.lawFile) }) }, file };
    return { posed: { ...posed, law: await lawFrom(named, source, again, isStdin ? '.' : dirname(text)) }, file };
  });
}

async function contentOf(file: string, read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    throw new ScalingLawsError('E_FORMAT', `${file}: must be JSON, got ${(error as Error).message}`, { path: file });
  }
}

/** What `ask` finds; what it refuses as an argument is bad input of `file`, where there is one. */
export async function inFile<T>(file: string, ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof ScalingLawsError && (error.code === 'E_ARGUMENT' || error.code === 'E_OPTION')
      ? ofFile(file, error)
      : error;
  }
}

const MUST = 'must be a problem, { law, goal, ... }, or a saved fit';

function parsed(file: string, content: string): object {
  let data: unknown;
  try {
    data = JSON.parse(content);
  } catch (error) {
    throw new ScalingLawsError('E_FORMAT', `${file}: must be JSON, got ${(error as Error).message}`, { path: file });
  }
  const got = Array.isArray(data) ? 'a list' : typeof data === 'object' && data !== null ? undefined : String(data);
  if (got !== undefined) throw new ScalingLawsError('E_FORMAT', `${file}: ${MUST}, got ${got}`, { path: file });
  return data as object;
}

/** `data`, if flags can be laid over it. The problem itself is checked where it is answered. */
function checked(data: Posed): Posed {
  if (data.law === undefined) {
    const fields = Object.keys(data).join(', ') || 'nothing';
    throw new ScalingLawsError('E_ARGUMENT', `${MUST}, got ${fields} without law`, { argument: 'law' });
  }
  for (const name of ['demand', 'training', 'serving', 'energy', 'data'] as const) {
    const part: object | undefined = data[name];
    if (part !== undefined) recordOf(name, part);
  }
  const { constraints = [] } = data;
  for (const [i, constraint] of listOf('constraints', constraints).entries()) recordOf(`constraints[${i}]`, constraint);
  return data;
}
