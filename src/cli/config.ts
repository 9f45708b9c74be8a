/** The config file: defaults of flags by command, JSON with comments. A flag on the command line wins. */

import type { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Command, Option } from 'commander';
import JSON5 from 'json5';
import { nearest } from '../nearest.ts';
import { fileReason } from '../node/file-reason.ts';
import { isRecord } from '../runs/table.ts';
import { UsageError } from './io.ts';

/** Files that are looked for in the current folder; there may be one of them. */
export const CONFIG_NAMES = ['scaling-laws.config.jsonc', 'scaling-laws.config.json'] as const;

/** Flags of a command that a config file may set; those of init say what to do once. */
export const configurable = (command: Command): readonly Option[] => (command.name() === 'init' ? [] : command.options);

/** Flags that a command line has from its config file, as they would be typed. */
export const configuredFlags = (program: Command): readonly string[] =>
  program.commands.flatMap((command) =>
    command.options
      .filter((option) => command.getOptionValueSource(option.attributeName()) === 'config')
      .map(({ long }) => long!),
  );

/** The section for every command that has the flag, such as the columns of a table; a command's own section wins. */
export const ALL = 'all';

/** Name of a flag in a config file: `--max-params` is `max-params`. */
export const keyOf = ({ long }: Option): string => long!.slice(2);

/**
 * Gives `command` the defaults that a config file has for it.
 *
 * @param program - The whole command line: every section of the file must be one of its commands, or {@link ALL}.
 * @param choice - Path of the file; `false` for none; undefined for the one in the current folder, if there is one.
 * @throws {UsageError} If the file cannot be read, or says what no flag takes.
 */
export async function applyConfig(
  program: Command,
  command: Command,
  choice: string | false | undefined,
): Promise<void> {
  if (configurable(command).length === 0) return;
  const path = choice ?? fileHere();
  if (path === undefined || path === false) return;
  const sections = await readSections(path);
  const commands = program.commands.filter((one) => configurable(one).length > 0);
  const ranked = Object.entries(sections).sort(([one], [two]) => Number(two === ALL) - Number(one === ALL));
  for (const [name, section] of ranked) {
    const of = name === ALL ? commands : [oneOf(`${path}: a section`, name, commands, (one) => one.name())];
    if (!isRecord(section))
      throw new UsageError(`${path}: ${name} must be an object of flags, got ${JSON.stringify(section)}`);
    for (const [key, value] of Object.entries(section)) {
      const known = [...new Set(of.flatMap(configurable))];
      const own = of.includes(command) ? configurable(command).find((option) => keyOf(option) === key) : undefined;
      const option = own ?? oneOf(`${path}: a flag of ${name}`, key, known, keyOf);
      const parsed = parsedValue(`${path}: ${name}.${key}`, option, value);
      if (own) setDefault(command, own, parsed);
    }
  }
}

/** The config file of the current folder, if there is one. */
function fileHere(): string | undefined {
  const found = CONFIG_NAMES.filter((name) => existsSync(name));
  if (found.length < 2) return found[0];
  throw new UsageError(`the config file must be one of ${CONFIG_NAMES.join(' and ')}, got both; --config names one`);
}

async function readSections(path: string): Promise<Readonly<Record<string, unknown>>> {
  let sections: unknown;
  try {
    sections = JSON5.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path}: must be a file of JSON with comments, got ${fileReason(error)}`);
  }
  if (!isRecord(sections))
    throw new UsageError(`${path}: must be an object of commands, got ${JSON.stringify(sections)}`);
  return sections;
}

function oneOf<T>(what: string, name: string, all: readonly T[], nameOf: (one: T) => string): T {
  const found = all.find((one) => nameOf(one) === name);
  if (found) return found;
  const names = all.map(nameOf);
  const near = nearest(name, names);
  throw new UsageError(
    `${what} must be one of ${names.join(', ')}, got ${name}${near ? `; did you mean ${near}?` : ''}`,
  );
}

/** What the flag would make of `value`: a list is written with commas between. */
function parsedValue(where: string, option: Option, value: unknown): unknown {
  const isFlag = !option.required && !option.optional;
  if (isFlag) {
    if (typeof value === 'boolean') return value || undefined;
    throw new UsageError(`${where} must be true or false, got ${JSON.stringify(value)}`);
  }
  const parts = Array.isArray(value) ? value : [value];
  if (parts.length === 0 || !parts.every((part) => typeof part === 'string' || typeof part === 'number')) {
    throw new UsageError(`${where} must be a text, a number or a list of these, got ${JSON.stringify(value)}`);
  }
  const text = parts.join(',');
  try {
    return option.parseArg ? option.parseArg(text, undefined) : text;
  } catch (error) {
    throw new UsageError(`${where}: ${(error as Error).message}`);
  }
}

/** A default that the first mention of the flag on the command line removes, so that it is not added to either. */
function setDefault(command: Command, option: Option, value: unknown): void {
  const name = option.attributeName();
  if (value === undefined) return;
  command.setOptionValueWithSource(name, value, 'config');
  // Commander's types leave out that a command is an event emitter.
  (command as unknown as EventEmitter).prependListener(`option:${option.name()}`, () => {
    if (command.getOptionValueSource(name) === 'config') command.setOptionValue(name, undefined);
  });
}
