/** What a command may do to the outside: write text, read standard input, hear Ctrl-C. The process itself is main.ts's alone. */

import { type Finding, findingInWords } from '../finding.ts';
import { inCode } from '../sentence.ts';

/** Standard streams, as a command sees them. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** All of standard input. */
  stdin(): Promise<string>;
  /** Whether stderr goes to a terminal: somebody watches, so progress may be shown there. */
  readonly isTerminal: boolean;
  /** Width of the terminal that stdout goes to, in characters; absent where it goes to a file or a pipe. */
  readonly columns?: number | undefined;
  /** From now on Ctrl-C calls `stop` instead of ending the process; returns what undoes that. */
  onInterrupt(stop: () => void): () => void;
}

/** The command line cannot be understood: exit code 2, where bad input is 1. */
export class UsageError extends Error {}

/** Lines for a person. */
export function printLines(io: Io, lines: readonly string[]): void {
  io.stdout(`${lines.join('\n')}\n`);
}

/** The one JSON value that a program gets. */
export function printJson(io: Io, value: unknown): void {
  io.stdout(`${JSON.stringify(value, null, 2)}\n`);
}

/** Findings for a person, one a line, on stderr so that they survive a pipe. */
export function printWarnings(io: Io, findings: readonly Pick<Finding, 'message' | 'advice' | 'severity'>[]): void {
  for (const one of findings) {
    const kind = one.severity === 'note' ? 'note' : 'warning';
    io.stderr(`${kind}: ${inFlags(findingInWords(one, inCode))}\n`);
  }
}

/** Options of the library that its messages mention, and the flags that stand for them here. */
const FLAGS: readonly (readonly [option: RegExp, flag: string])[] = [
  [/filters: \[\{ kind: 'exclude-early', fraction: ([\d.]+) \}\]/g, '--exclude-early-fraction $1'],
  [/filters: \[\{ kind: 'final-only' \}\]/g, '--final-only'],
  [/dropFlagged: true/g, '--drop-flagged'],
  [/lastShare: ([\d.]+)/g, '--last-share $1'],
  [/constraints: \[\{ kind: 'memory' \}\]/g, '--fits'],
  [/with bootstrap,/g, 'with --bootstrap,'],
  [/columns\.(\w+): /g, '--$1: '],
  [/columns: \{ (\w+): '…' \}/g, '--$1 COLUMN'],
  [/columns: \{ (\w+): ("[^"]*") \}/g, '--$1 $2'],
  [/columns\.(\w+)(?= must)/g, '--$1'],
  [/columns: \{ (\w+): '([^']*)' \}/g, '--$1 "$2"'],
  [/constants: \{ (\w+): '…' \}/g, '--set $1=…'],
  [/(^|: )constants\.(\w+)/g, '$1--set $2'],
  [/(^|: )constants must/g, '$1--set must'],
  [/search: \{ (?:starts: \d+, )?hops: (\d+) \}/g, '--hops $1'],
  [/tied: \[\['(\w+)', '(\w+)'\]\]/g, '--tie $1=$2'],
  [/bootstrap\(\)/g, '--bootstrap'],
  [/resample: '(\w+)'/g, '--resample $1'],
  [/an exclude-early filter/g, '--exclude-early-fraction'],
  [/with final-only/g, 'with --final-only'],
  [/^(resample|hold-out)(?= must)/, '--$1'],
  [/^weights '([\w-]+)'(?= must)/, '--weights $1'],
  [/^fixed(?=[ .])/, '--fix'],
  [/^tied(?=[ .])/, '--tie'],
  [/filters\[\d+\]\.column/, '--equals'],
  [/filters\[\d+\]\.steps/, '--exclude-early-steps'],
  [/filters\[\d+\](, |\.)/g, ''],
  [/inference\.dtype/, '--inference-dtype'],
  [/^serving\.weights(?= must)/, '--inference-dtype'],
  [/dropFlagged leaves/, '--drop-flagged leaves'],
  [/lastShare: ([\d.]+) leaves/, '--last-share $1 leaves'],
  [/^(group|coefficient)(?= must)/, '--$1'],
];

/** A message of the library in the words of the command line, on one line. */
export function inFlags(message: string): string {
  return FLAGS.reduce((text, [option, flag]) => text.replace(option, flag), message).replace(/\s*\n\s*/g, ' ');
}
