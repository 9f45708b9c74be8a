/**
 * `scaling-laws completion`: a script that lets a shell complete commands, flags and their values. At each press of Tab the script asks
 * `scaling-laws --complete`, so that it need not be printed anew when commands change.
 */

import { command } from './command.ts';
import { COMMANDS, HELP, loaded, PROGRAM_FLAGS } from './commands.ts';
import { type Flag, flagsOf } from './flags.ts';
import { printLines } from './io.ts';
import { PUBLISHED_NAMES } from './law-names.ts';
import { COMPLETE } from './program.ts';

/** Each prints a word, a tab and its description a line; where no word fits, files do. */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  bash: [
    '_scaling_laws() {',
    "  local IFS=$'\\n'",
    `  COMPREPLY=($(scaling-laws ${COMPLETE} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))`,
    '}',
    'complete -o bashdefault -o default -F _scaling_laws scaling-laws',
  ],
  zsh: [
    '#compdef scaling-laws',
    '_scaling_laws() {',
    '  local line',
    '  local -a found',
    `  for line in "\${(@f)$(scaling-laws ${COMPLETE} "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do`,
    `    [[ -n $line ]] && found+=("\${\${line//:/\\\\:}/$'\\t'/:}")`,
    '  done',
    '  if (( $#found )); then _describe word found; else _files; fi',
    '}',
    'if [[ $funcstack[1] == _scaling_laws ]]; then _scaling_laws "$@"; else compdef _scaling_laws scaling-laws; fi',
  ],
  fish: [
    'function __scaling_laws_words',
    '  set -l words (commandline -opc)',
    '  set -l begun (commandline -ct)',
    `  set -l found (scaling-laws ${COMPLETE} $words[2..-1] "$begun" 2>/dev/null)`,
    '  if test (count $found) -gt 0',
    "    printf '%s\\n' $found",
    '  else',
    '    __fish_complete_path "$begun"',
    '  end',
    'end',
    "complete -c scaling-laws -f -a '(__scaling_laws_words)'",
  ],
};

/** The command. */
export const declared = command({
  args: [{ name: 'shell', help: 'Shell whose script to print.', choices: () => Object.keys(SCRIPTS) }],
  sets: {},
  examples: [
    'scaling-laws completion bash > ~/.local/share/bash-completion/completions/scaling-laws',
    `scaling-laws completion zsh > "$fpath[1]/_scaling-laws"`,
    'scaling-laws completion fish > ~/.config/fish/completions/scaling-laws.fish',
  ],
  run: ({ args: [shell = ''], io }) => printLines(io, SCRIPTS[shell]!),
});

/** A word that may stand where one is begun, and what it means. */
type Offer = readonly [word: string, description: string];

/** What may stand in place of the last word of `line`, the words after `scaling-laws`. */
export async function offersFor(line: readonly string[]): Promise<readonly Offer[]> {
  const begun = line.at(-1) ?? '';
  const before = line.slice(0, -1);
  const at = before.findIndex((word, i) => !word.startsWith('-') && before[i - 1] !== '--config');
  const all = at < 0 ? ofProgram(before, begun) : await ofCommand(before[at]!, before.slice(at + 1), begun);
  return all.filter(([word]) => word.startsWith(begun));
}

const plain = (words: readonly string[]): readonly Offer[] => words.map((word) => [word, '']);
const commands = (): readonly Offer[] => COMMANDS.map(({ name, description }) => [name, description]);

function ofProgram(before: readonly string[], begun: string): readonly Offer[] {
  if (before.at(-1) === '--config') return [];
  return begun.startsWith('-') ? PROGRAM_FLAGS : [...commands(), ['help', HELP]];
}

async function ofCommand(name: string, before: readonly string[], begun: string): Promise<readonly Offer[]> {
  if (name === 'help') return commands();
  const [spec] = await loaded([name]);
  if (!spec) return [];
  const flags = flagsOf(spec);
  const asked = flags.find((flag) => flag.placeholder !== undefined && before.at(-1) === `--${flag.name}`);
  if (asked) return valuesOf(asked, begun);
  if (begun.startsWith('-'))
    return [...flags.map((flag): Offer => [`--${flag.name}`, flag.help]), PROGRAM_FLAGS.at(-1)!];
  return plain(spec.args.flatMap(({ choices }) => choices?.() ?? []));
}

/** The names that a flag takes, after those that stand already before a comma. */
function valuesOf({ choices, placeholder, isMany }: Flag, begun: string): readonly Offer[] {
  const names = choices ?? (placeholder === 'law' ? PUBLISHED_NAMES : []);
  const done = isMany ? begun.slice(0, begun.lastIndexOf(',') + 1) : '';
  return plain(names.map((name) => done + name));
}
