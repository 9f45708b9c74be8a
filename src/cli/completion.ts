/**
 * `scaling-laws completion`: a script that lets a shell complete commands, flags and the values of flags. It is made from the commands
 * themselves and holds all the words, so that no process is started for a press of Tab.
 */

import { Argument, type Command } from 'commander';
import { gpus } from '../inference/gpus.ts';
import { publishedLaws } from '../laws/published.ts';
import { laws } from '../laws/registry.ts';
import { choicesOf } from './flags.ts';
import type { Io } from './io.ts';

/** What a shell needs to know of a command. */
interface Words {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly Flag[];
  /** Words that may stand for an argument; files may too. */
  readonly values: readonly string[];
}

interface Flag {
  readonly long: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly isFile: boolean;
  /** Known values; none where any text may stand. */
  readonly values: readonly string[];
}

type Shell = 'bash' | 'zsh' | 'fish';
const SCRIPTS: Readonly<Record<Shell, (commands: readonly Words[]) => string[]>> = { bash, zsh, fish };

const EXAMPLES = `
Examples:
  scaling-laws completion bash > ~/.local/share/bash-completion/completions/scaling-laws
  scaling-laws completion zsh > "\${fpath[1]}/_scaling-laws"
  scaling-laws completion fish > ~/.config/fish/completions/scaling-laws.fish`;

/** Adds the command to `program`. */
export function addCompletion(program: Command, io: Io): void {
  program
    .command('completion')
    .description('print a script that completes commands and flags in your shell')
    .addArgument(new Argument('<shell>', 'whose script').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', EXAMPLES)
    .action((shell: Shell) => io.stdout(`${SCRIPTS[shell](program.commands.map(wordsOf)).join('\n')}\n`));
}

const FORMS = Object.keys(laws);
const PUBLISHED = Object.values(publishedLaws).map(({ name }) => name);
/** Values of what goes by name: a flag, a placeholder of flags or arguments, or the argument of a command. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  '--law': FORMS,
  gpu: Object.keys(gpus),
  law: PUBLISHED,
  problem: PUBLISHED,
  'laws name': [...FORMS, ...PUBLISHED],
  'hardware name': Object.keys(gpus),
};

function wordsOf(command: Command): Words {
  return {
    name: command.name(),
    description: command.description(),
    flags: [
      ...command.options.map((option) => ({
        long: option.long!,
        description: option.description,
        takesValue: option.required || option.optional,
        isFile: placeholder(option.flags) === 'file',
        values: choicesOf(option) ?? NAMES[option.long!] ?? NAMES[placeholder(option.flags)] ?? [],
      })),
      { long: '--help', description: 'print this help', takesValue: false, isFile: false, values: [] },
    ],
    values: command.registeredArguments.flatMap(
      (argument) =>
        argument.argChoices ?? NAMES[argument.name()] ?? NAMES[`${command.name()} ${argument.name()}`] ?? [],
    ),
  };
}

const placeholder = (flags: string): string => /<(.*)>/.exec(flags)?.[1] ?? '';

function bash(commands: readonly Words[]): string[] {
  const cases = commands.flatMap(({ name, flags }) =>
    flags
      .filter(({ values }) => values.length > 0)
      .map(({ long, values }) => `    '${name} ${long}') words='${values.join(' ')}' ;;`),
  );
  const free = commands.flatMap(({ name, flags }) =>
    flags.filter(({ takesValue, values }) => takesValue && values.length === 0).map(({ long }) => `'${name} ${long}'`),
  );
  return [
    '_scaling_laws() {',
    `  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= word words=`,
    '  COMPREPLY=()',
    `  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do`,
    '    if [[ $word != -* ]]; then command=$word; break; fi',
    '  done',
    '  case "$command $prev" in',
    ...cases,
    `    ${free.join('|')}) return ;;`,
    '  esac',
    '  if [[ -z $words ]]; then',
    '    case "$command $cur" in',
    `      ' '*) words='${commands.map(({ name }) => name).join(' ')} --help --version --config --no-config' ;;`,
    ...commands.flatMap(({ name, flags, values }) => [
      `      '${name} -'*) words='${flags.map(({ long }) => long).join(' ')}' ;;`,
      ...(values.length > 0 ? [`      '${name} '*) words='${values.join(' ')}' ;;`] : []),
    ]),
    '    esac',
    '  fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$cur"))',
    '}',
    '# Where no word fits, files do.',
    'complete -o bashdefault -o default -F _scaling_laws scaling-laws',
  ];
}

function zsh(commands: readonly Words[]): string[] {
  // In a description of _arguments, brackets end it and colons part it.
  const text = (words: string): string => words.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, '\\$&');
  const value = ({ takesValue, values, isFile }: Flag): string =>
    takesValue ? `:value:${values.length > 0 ? `(${values.join(' ')})` : isFile ? '_files' : ' '}` : '';
  return [
    '#compdef scaling-laws',
    '_scaling_laws() {',
    '  local -a commands',
    '  commands=(',
    ...commands.map(({ name, description }) => `    '${name}:${text(description)}'`),
    '  )',
    '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
    '  shift words; (( CURRENT-- ))',
    '  case $words[1] in',
    ...commands.flatMap(({ name, flags, values }) => [
      `    ${name}) _arguments \\`,
      ...flags.map((flag) => `      '*${flag.long}[${text(flag.description)}]${value(flag)}' \\`),
      `      '*:argument:${values.length > 0 ? `{ compadd ${values.join(' ')}; _files }` : '_files'}' ;;`,
    ]),
    '  esac',
    '}',
    'if [[ $funcstack[1] == _scaling_laws ]]; then _scaling_laws "$@"; else compdef _scaling_laws scaling-laws; fi',
  ];
}

function fish(commands: readonly Words[]): string[] {
  const text = (words: string): string => `'${words.replaceAll(/['\\]/g, '\\$&')}'`;
  const of = (name: string): string => `complete -c scaling-laws -n '__fish_seen_subcommand_from ${name}'`;
  return commands.flatMap(({ name, description, flags, values }) => [
    `complete -c scaling-laws -n __fish_use_subcommand -f -a ${name} -d ${text(description)}`,
    ...flags.map(({ long, description: what, takesValue, isFile, values: choices }) => {
      const value = choices.length > 0 ? ` -x -a ${text(choices.join(' '))}` : isFile ? ' -r' : takesValue ? ' -x' : '';
      return `${of(name)} -l ${long.slice(2)} -d ${text(what)}${value}`;
    }),
    ...(values.length > 0 ? [`${of(name)} -a ${text(values.join(' '))}`] : []),
  ]);
}
