/** The config file: defaults of flags by command, JSON with comments. A flag on the command line wins. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { refusal, ScalingLawsError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { fileReason } from '../node/file-reason.ts';
import { isRecord } from '../tables/table.ts';
import type { Spec } from './command.ts';
import { loaded } from './commands.ts';
import { doorOf } from './door.ts';
import { type Flag, flagsOf } from './flags.ts';

/** Files that are looked for in the current folder; there may be one of them. */
export const CONFIG_NAMES = ['scaling-laws.config.jsonc', 'scaling-laws.config.json'] as const;

/** The section for every command that has the flag, such as the columns of a table; a command's own section wins. */
export const ALL = 'all';

/** Texts by the name of their flag, as they would be typed, and whether they come from the section for all commands. */
export type Configured = ReadonlyMap<string, Setting>;
/** One flag of the file. */
export interface Setting {
  readonly texts: readonly string[];
  readonly isForAll: boolean;
}

/** Flags of a command that a config file may set; those of init say what to do once. */
export const configurable = (spec: Spec): readonly Flag[] => (spec.name === 'init' ? [] : flagsOf(spec));

/**
 * What a config file says of the flags of `spec`.
 *
 * @param choice - Path of the file; `false` for none; undefined for the one in the current folder, if there is one.
 * @throws {ScalingLawsError} If the file cannot be read, or says what no flag takes.
 */
export async function configOf(choice: string | false | undefined, spec: Spec): Promise<Configured> {
  const path = choice ?? fileHere();
  const configured = new Map<string, Setting>();
  if (path === undefined || path === false || configurable(spec).length === 0) return configured;
  const { $schema: _, ...named } = await sectionsIn(path);
  const sections = Object.entries(named);
  const commands = (await loaded()).filter((one) => configurable(one).length > 0);
  for (const [name, section] of sections.sort(([one], [two]) => Number(two === ALL) - Number(one === ALL))) {
    const isForAll = name === ALL;
    const of = isForAll ? commands : [oneOf(`${path}: a section`, name, commands, (one) => one.name)];
    if (!isRecord(section)) throw refusal(`${path}: ${name}`, 'be an object of flags', section);
    for (const [key, value] of Object.entries(section)) {
      const where = `${path}: ${name}.${key}`;
      const known = of.flatMap((one) => configurable(one).map((flag) => ({ one, flag })));
      oneOf(`${path}: a flag of ${name}`, key, known, ({ flag }) => flag.name);
      const takers = known.filter(({ flag }) => flag.name === key);
      // It must be right for one command; no command minds what only others can read.
      const readers = takers.filter(({ flag }) => canRead(flag, where, value));
      const texts = textsOf((readers[0] ?? takers[0]!).flag, where, value);
      if (!readers.some(({ one }) => one.name === spec.name)) continue;
      if (value === false) configured.delete(key);
      else configured.set(key, { texts, isForAll });
    }
  }
  return configured;
}

/** The config file of the current folder, if there is one. */
function fileHere(): string | undefined {
  const found = CONFIG_NAMES.filter((name) => existsSync(name));
  if (found.length < 2) return found[0];
  throw refusal('the config file', `be one of ${CONFIG_NAMES.join(' and ')}`, 'both', '--config names one');
}

async function sectionsIn(path: string): Promise<Readonly<Record<string, unknown>>> {
  // Loaded for those who have such a file.
  const { default: JSON5 } = await import('json5');
  let sections: unknown;
  try {
    sections = JSON5.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw refusal(path, 'be a file of JSON with comments', fileReason(error));
  }
  if (!isRecord(sections)) throw refusal(path, 'be an object of commands', sections);
  return sections;
}

function oneOf<T>(what: string, name: string, all: readonly T[], nameOf: (one: T) => string): T {
  const found = all.find((one) => nameOf(one) === name);
  if (found) return found;
  const names = [...new Set(all.map(nameOf))];
  const near = nearest(name, names);
  throw refusal(what, `be one of ${names.join(', ')}`, name, near && `did you mean ${near}?`);
}

function canRead(flag: Flag, where: string, value: unknown): boolean {
  try {
    textsOf(flag, where, value);
    return true;
  } catch {
    return false;
  }
}

/** What one would type after the flag for `value`; its reading says whether that is right. */
function textsOf(flag: Flag, where: string, value: unknown): readonly string[] {
  if (flag.placeholder === undefined) {
    if (typeof value === 'boolean') return [];
    throw refusal(where, 'be true or false', value);
  }
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (parts.length === 0 || !parts.every((part) => typeof part === 'string' || typeof part === 'number')) {
    throw refusal(where, 'be a text, a number or a list of these', value);
  }
  // 100 and 250 between a comma would read as one number.
  if (parts.length > 1 && !flag.isMany) throw refusal(where, 'be one value', value);
  const texts = parts.map(String);
  try {
    flag.read(texts);
  } catch (error) {
    if (!(error instanceof ScalingLawsError)) throw error;
    const { argument = flag.path, rule = 'be readable', got, cure } = error;
    const name = doorOf([flag], [])({ option: argument });
    throw refusal(`${where}: ${name}`, rule, got ?? value, cure);
  }
  return texts;
}
