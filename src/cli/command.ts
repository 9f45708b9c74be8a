/** A command as a declaration, and what follows from it: its help, its reading, the rules between its flags. */

import { type Command, Option } from 'commander';
import { refusal } from '../errors.ts';
import type { LawForm } from '../laws/law.ts';
import type { ReadRunsFileOptions } from '../node/file-options.ts';
import type { Runs } from '../runs/runs.ts';
import type { Door } from '../sentence.ts';
import { alternatives, listed } from '../words.ts';
import { type Answer, deliver } from './answer.ts';
import { loaded } from './commands.ts';
import { type Configured, configOf, type Setting } from './config.ts';
import { doorOf } from './door.ts';
import { type Flag, type FlagSet, flagsOf, type Values } from './flags.ts';
import type { Io } from './io.ts';

/** A word that stands by itself. */
export interface Argument {
  /** `file`, or `[file]` where it may be left out. */
  readonly name: string;
  readonly help: string;
  /** All that it may be, or with `open` what it often is. */
  readonly choices?: () => readonly string[];
  readonly open?: true;
  /** It is the table of runs, in one file or several. */
  readonly isTable?: true;
}

/** Sets of flags by what the command calls them. */
export type Sets = Readonly<Record<string, FlagSet<unknown>>>;

/** One command line, read. */
export interface Line<S extends Sets> {
  readonly args: readonly (string | undefined)[];
  /** What each set of flags says. */
  readonly flags: { readonly [K in keyof S]: S[K] extends FlagSet<infer T> ? T : never };
  readonly values: Values;
  readonly io: Io;
  /** How messages word options here. */
  readonly door: Door;
  /** Files of the table of runs; none is standard input, or no table where a command does without. */
  readonly files: readonly string[];
  /** The table of runs that the command is about, or with --by the rows of one family of it; `law` says which variables they must have. */
  readonly rows: (law?: string | LawForm) => Promise<Runs>;
  /** The family whose turn it is, with --by. */
  readonly family?: string;
}

/** How a command is repeated with --by: once for each family in its table, or in the file of its FIT; what its answers are called. */
export interface Each {
  readonly of: 'rows' | 'fit';
  /** Key of the list of answers, and of each in it: `{ fits: [{ family, fit }] }`. */
  readonly all: string;
  readonly one: string;
}

/** What a command is, beside its name and what help says of it in its list. */
export interface Declared<S extends Sets = Sets> {
  readonly args: readonly Argument[];
  readonly sets: S;
  /** Old names of flags, and what stands for them now. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Paragraphs below the flags. */
  readonly notes?: string;
  readonly examples: readonly string[];
  /** Where it takes --by. */
  readonly each?: Each;
  /** Does it; what it answers is handed over as the flags of output say. */
  readonly run: (line: Line<S>) => Answer | void | Promise<Answer> | Promise<void>;
}

/** A command. */
export interface Spec extends Declared {
  readonly name: string;
  readonly description: string;
}

/** Declares a command. */
export const command = <const S extends Sets>(declared: Declared<S>): Declared => declared as unknown as Declared;

/** What is known of a command line when something goes wrong. */
export interface Progress {
  door: Door;
  /** Flags that the config file gives, as they would be typed. */
  configured: readonly string[];
}

/** Commands whose flags the advice of others may propose: those that fit and those that plan. */
const PROPOSED = ['fit', 'plan'];

/** Gives `added`, so far a name in a list, the arguments and flags of `spec`. */
export function fill(
  added: Command,
  spec: Spec,
  config: () => string | false | undefined,
  io: Io,
  progress: Progress,
): void {
  for (const argument of spec.args) added.argument(formOf(argument), argument.help);
  for (const { title, flags } of Object.values(spec.sets)) {
    added.optionsGroup(`${title}:`);
    for (const flag of flags) added.addOption(optionOf(flag));
  }
  for (const [old, now] of Object.entries(spec.renamed ?? {})) {
    const refuse = (): never => {
      throw refusal(`--${old}`, 'be given by its new name', `--${old}`, `it is ${now} now`);
    };
    added.addOption(new Option(`--${old} [value]`).hideHelp().argParser(refuse));
  }
  const notes = spec.notes === undefined ? '' : `\n${spec.notes.trim()}\n`;
  added.addHelpText('after', `${notes}\nExamples:\n${spec.examples.map((line) => `  ${line}`).join('\n')}`);
  added.action(async () => {
    const others = (await loaded(PROPOSED)).flatMap(flagsOf);
    progress.door = doorOf(flagsOf(spec), others);
    await runLine(spec, others, added, await configOf(config(), spec), io, progress);
  });
}

/** `<fit>`, `[law]`, `<file...>`. */
const formOf = ({ name, isTable }: Argument): string => {
  const inner = `${name.replace(/^\[|\]$/g, '')}${isTable ? '...' : ''}`;
  return name.startsWith('[') ? `[${inner}]` : `<${inner}>`;
};

const optionOf = ({ name, placeholder, help }: Flag): Option => {
  const option = new Option(placeholder === undefined ? `--${name}` : `--${name} <${placeholder}>`, help);
  return option.argParser((text: string, before: readonly string[] = []) => [...before, text]);
};

async function runLine(
  spec: Spec,
  others: readonly Flag[],
  added: Command,
  configured: Configured,
  io: Io,
  progress: Progress,
): Promise<void> {
  const flags = flagsOf(spec);
  const options = added.opts<Record<string, readonly string[] | true | undefined>>();
  const textsOf = ({ name }: Flag): readonly string[] | undefined => {
    const texts = options[camel(name)];
    return texts === true ? [] : texts;
  };
  const typedNames = new Set(flags.filter((flag) => textsOf(flag) !== undefined).map(({ name }) => name));
  const fromConfig = new Map([...configured].filter(([name]) => !typedNames.has(name)));
  const has = (name: string): boolean => typedNames.has(name) || fromConfig.has(name);
  progress.configured = [...fromConfig.keys()].map((name) => `--${name}`);
  for (const { question = [] } of Object.values(spec.sets)) {
    if (!question.some((name) => typedNames.has(name))) continue;
    for (const name of question) if (fromConfig.get(name)?.isForAll) fromConfig.delete(name);
  }
  for (const { oneOf = [] } of Object.values(spec.sets)) {
    for (const group of oneOf) keepOne(group, typedNames, fromConfig);
  }
  for (const { needs = {} } of Object.values(spec.sets)) {
    for (const [name, required] of Object.entries(needs)) {
      const missing = required.map((one) => [one].flat()).find((names) => !names.some(has));
      if (!missing) continue;
      if (typedNames.has(name))
        throw refusal(`--${name}`, `come with ${alternatives(missing.map((one) => `--${one}`))}`, `--${name} alone`);
      fromConfig.delete(name);
    }
  }
  const read = new Map(
    flags.flatMap((flag): (readonly [string, unknown])[] => {
      const texts = textsOf(flag) ?? fromConfig.get(flag.name)?.texts;
      return texts ? [[flag.name, flag.read(texts)]] : [];
    }),
  );
  const values: Values = { get: (name) => read.get(name), isTyped: (name) => typedNames.has(name) };
  const fromStdin = spec.args.filter((_, i) => added.args[i] === '-').map(({ name }) => wordOf(name));
  if (fromStdin.length > 1) throw refusal(`one of ${listed(fromStdin)}`, 'be a file', '- for both');
  for (const [i, { name, choices, open }] of spec.args.entries()) {
    const word = added.args[i];
    const known = open || word === undefined ? undefined : choices?.();
    if (known && !known.includes(word!)) throw refusal(wordOf(name), `be one of ${known.join(', ')}`, word);
  }
  const names = new Map<string, string>();
  const said = Object.entries(spec.sets).map(([key, set]) => [key, set.of(values, names)]);
  progress.door = doorOf(flags, others, names);
  for (const { needed = [] } of Object.values(spec.sets)) {
    const missing = needed.filter((group) => !group.some((one) => read.has(one)));
    const flagNames = missing.map((group) => alternatives(group.map((one) => `--${one}`)));
    if (missing.length > 0) throw refusal(spec.name, `have ${listed(flagNames)}`, 'none');
  }
  const words = added.args as readonly (string | undefined)[];
  const table = spec.args.findIndex(({ isTable }) => isTable);
  const files = table < 0 ? [] : (words.slice(table) as readonly string[]);
  const line = {
    args: words,
    files,
    flags: Object.fromEntries(said),
    values,
    io: readingOnce(io),
    door: progress.door,
  };
  const tables = new Map<unknown, Promise<Runs>>();
  const rows = async (law?: string | LawForm): Promise<Runs> => {
    const { readRows } = await import('./rows.ts');
    const read = tables.get(law) ?? readRows(files, line.flags.columns as ReadRunsFileOptions, line.io, law);
    tables.set(law, read);
    return read;
  };
  const whole = { ...line, rows };
  const answer = spec.each ? await (await import('./by.ts')).answerEach(spec, spec.each, whole) : await spec.run(whole);
  if (answer) await deliver(answer, whole);
}

/** Standard input can be asked for more than once. */
function readingOnce(io: Io): Io {
  let all: Promise<string | Uint8Array> | undefined;
  return {
    ...io,
    stdin: () => {
      all ??= io.stdin();
      return all;
    },
  };
}

/** Of flags that exclude each other what is typed wins over the config file, and a command's own section over that for all. */
function keepOne(group: readonly string[], typedNames: ReadonlySet<string>, fromConfig: Map<string, Setting>): void {
  const given = group.filter((name) => typedNames.has(name) || fromConfig.has(name));
  const rank = (name: string): number => (typedNames.has(name) ? 2 : fromConfig.get(name)!.isForAll ? 0 : 1);
  const highest = Math.max(...given.map(rank));
  for (const name of given) if (rank(name) === 0 && highest > 0) fromConfig.delete(name);
  const [first, second] = given.filter((name) => typedNames.has(name) || fromConfig.has(name));
  if (second !== undefined) throw refusal(`--${first}`, `come without --${second}`, 'both');
}

/** An argument as help writes it: `FILE`. */
const wordOf = (name: string): string => name.replace(/[[\]]/g, '').toUpperCase();
const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
