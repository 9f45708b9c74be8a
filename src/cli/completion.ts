/**
 * `scaling-laws completion`: a script that lets a shell complete commands, flags and the values of flags. It is made from the commands
 * themselves and holds all the words, so that no process is started for a press of Tab.
 */

import { type Argument, command, type Spec } from './command.ts';
import { COMMANDS, loaded } from './commands.ts';
import { type Flag, flagsOf } from './flags.ts';
import { PUBLISHED_NAMES } from './law-names.ts';

/** What a shell needs to know of a command, or of the program before its command. */
interface Words {
  /** Empty for the program. */
  readonly name: string;
  readonly description: string;
  readonly flags: readonly FlagWords[];
  /** Words that may stand for an argument; files may too. */
  readonly values: readonly string[];
}

interface FlagWords {
  readonly long: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly isFile: boolean;
  /** Known values; none where any text may stand. */
  readonly values: readonly string[];
}

type Shell = 'bash' | 'zsh' | 'fish';
const SCRIPTS: Readonly<Record<Shell, (program: Words, commands: readonly Words[]) => string[]>> = { bash, zsh, fish };

/** The command. */
export const completion = command({
  args: [{ name: 'shell', help: 'Whose script.', choices: () => Object.keys(SCRIPTS) }],
  sets: {},
  examples: [
    'scaling-laws completion bash > ~/.local/share/bash-completion/completions/scaling-laws',
    `scaling-laws completion zsh > "$fpath[1]/_scaling-laws"`,
    'scaling-laws completion fish > ~/.config/fish/completions/scaling-laws.fish',
  ],
  run: async ({ args: [shell], io }) => {
    const help = {
      name: 'help',
      description: 'print the help of a command',
      flags: [],
      values: COMMANDS.map(({ name }) => name),
    };
    const commands = [...(await loaded()).map(wordsOf), help];
    const program: Words = {
      name: '',
      description: '',
      flags: [
        switchOf('version'),
        { ...switchOf('config'), takesValue: true, isFile: true },
        switchOf('no-config'),
        HELP,
      ],
      values: commands.map(({ name }) => name),
    };
    io.stdout(`${SCRIPTS[shell as Shell](program, commands).join('\n')}\n`);
  },
});

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  version: 'Print the version.',
  config: 'Defaults of flags.',
  'no-config': 'Use no config file.',
  help: 'Print this help.',
};
const switchOf = (name: string): FlagWords => ({
  long: `--${name}`,
  description: DESCRIPTIONS[name]!,
  takesValue: false,
  isFile: false,
  values: [],
});
const HELP = switchOf('help');

function wordsOf(spec: Spec): Words {
  const { name, description, args } = spec;
  const flags = flagsOf(spec).map(
    ({ name: long, help, placeholder, choices }: Flag): FlagWords => ({
      long: `--${long}`,
      description: help,
      takesValue: placeholder !== undefined,
      isFile: placeholder === 'file',
      values: choices ?? (placeholder === 'law' ? PUBLISHED_NAMES : []),
    }),
  );
  return {
    name,
    description,
    flags: [...flags, HELP],
    values: args.flatMap(({ choices }: Argument) => choices?.() ?? []),
  };
}

/** Flags whose next word is their value, and so no command. */
const withValue = ({ flags }: Words): string[] => flags.flatMap(({ long, takesValue }) => (takesValue ? long : []));

function bash(program: Words, commands: readonly Words[]): string[] {
  const all = [program, ...commands];
  const cases = all.flatMap(({ name, flags }) =>
    flags
      .filter(({ values }) => values.length > 0)
      .map(({ long, values }) => `    '${name} ${long}') words='${values.join(' ')}' ;;`),
  );
  const free = all.flatMap(({ name, flags }) =>
    flags.filter(({ takesValue, values }) => takesValue && values.length === 0).map(({ long }) => `'${name} ${long}'`),
  );
  return [
    '_scaling_laws() {',
    `  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= value= word words=`,
    '  COMPREPLY=()',
    `  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do`,
    '    if [[ -n $value ]]; then value=; continue; fi',
    '    case $word in',
    `      ${withValue(program).join('|')}) value=next ;;`,
    '      -*) ;;',
    '      *) command=$word; break ;;',
    '    esac',
    '  done',
    '  case "$command $prev" in',
    ...cases,
    `    ${free.join('|')}) return ;;`,
    '  esac',
    '  if [[ -z $words ]]; then',
    '    case "$command $cur" in',
    ...all.flatMap(({ name, flags, values }) => [
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

function zsh(program: Words, commands: readonly Words[]): string[] {
  // In a description of _arguments, brackets end it and colons part it.
  const text = (words: string): string => words.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, '\\$&');
  const value = ({ takesValue, values, isFile }: FlagWords): string =>
    takesValue ? `:value:${values.length > 0 ? `(${values.join(' ')})` : isFile ? '_files' : ' '}` : '';
  const flagsOf = ({ flags }: Words, indent: string): string[] =>
    flags.map((flag) => `${indent}'*${flag.long}[${text(flag.description)}]${value(flag)}' \\`);
  return [
    '#compdef scaling-laws',
    '_scaling_laws() {',
    '  local curcontext=$curcontext state line',
    '  local -a commands',
    '  typeset -A opt_args',
    '  commands=(',
    ...commands.map(({ name, description }) => `    '${name}:${text(description)}'`),
    '  )',
    '  _arguments -C \\',
    ...flagsOf(program, '    '),
    "    '1:command:->command' '*::argument:->argument'",
    '  case $state in',
    '    command) _describe command commands ;;',
    '    argument) case $words[1] in',
    ...commands.flatMap((command) => [
      `      ${command.name}) _arguments \\`,
      ...flagsOf(command, '        '),
      `        '*:argument:${argumentOf(command)}' ;;`,
    ]),
    '    esac ;;',
    '  esac',
    '}',
    'if [[ $funcstack[1] == _scaling_laws ]]; then _scaling_laws "$@"; else compdef _scaling_laws scaling-laws; fi',
  ];
}

/** What zsh does for an argument: the known words, and files. */
const argumentOf = ({ values }: Words): string =>
  values.length > 0 ? `{ compadd ${values.join(' ')}; _files }` : '_files';

function fish(program: Words, commands: readonly Words[]): string[] {
  const text = (words: string): string => `'${words.replaceAll(/['\\]/g, '\\$&')}'`;
  const within = (name: string): string => `complete -c scaling-laws -n "__scaling_laws_in '${name}'"`;
  return [
    "# Whether the command so far is the first argument; '' before there is one.",
    'function __scaling_laws_in',
    '  set -l words (commandline -opc)',
    '  set -l command',
    '  set -l value',
    '  for word in $words[2..-1]',
    '    if set -q value[1]',
    '      set value',
    '      continue',
    '    end',
    '    switch $word',
    `      case ${withValue(program).join(' ')}`,
    '        set value next',
    "      case '-*'",
    "      case '*'",
    '        set command $word',
    '        break',
    '    end',
    '  end',
    '  test "$command" = "$argv[1]"',
    'end',
    ...commands.map(({ name, description }) => `${within('')} -f -a ${name} -d ${text(description)}`),
    ...[program, ...commands].flatMap(({ name, flags, values }) => [
      ...flags.map(({ long, description, takesValue, isFile, values: choices }) => {
        const value =
          choices.length > 0 ? ` -x -a ${text(choices.join(' '))}` : isFile ? ' -r' : takesValue ? ' -x' : '';
        return `${within(name)} -l ${long.slice(2)} -d ${text(description)}${value}`;
      }),
      ...(name !== '' && values.length > 0 ? [`${within(name)} -a ${text(values.join(' '))}`] : []),
    ]),
  ];
}
