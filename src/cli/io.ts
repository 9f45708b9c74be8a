/** What a command may do to the outside: write text, read standard input, hear Ctrl-C. The process itself is main.ts's alone. */

import { type Finding, findingInWords } from '../finding.ts';
import type { Door } from '../sentence.ts';
import { textOfBytes } from '../tables/bytes.ts';

/** Standard streams, as a command sees them. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** All of standard input. */
  stdin(): Promise<string | Uint8Array>;
  /** Whether stderr goes to a terminal: somebody watches, so progress may be shown there. */
  readonly isTerminal: boolean;
  /** Width of the terminal that stdout goes to, in characters; absent where it goes to a file or a pipe. */
  readonly columns?: number | undefined;
  /** From now on Ctrl-C calls `stop` instead of ending the process; returns what undoes that. */
  onInterrupt(stop: () => void): () => void;
}

/** All of standard input as text, in whatever encoding it comes. */
export async function stdinText(io: Io): Promise<string> {
  const all = await io.stdin();
  return typeof all === 'string' ? all : textOfBytes(all).text;
}

/** Lines for a person. */
export function printLines(io: Io, lines: readonly string[]): void {
  io.stdout(`${lines.join('\n')}\n`);
}

/** Numbers of a list, one a line. */
const LONE_NUMBERS = /\[\s+(?:-?[\d.e+-]+|null)(?:,\s+(?:-?[\d.e+-]+|null))*\s+\]/g;

/** JSON for people too: a field a line, a list of numbers on one. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(LONE_NUMBERS, (list) => list.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']'))}\n`;

/** The one JSON value that a program gets. */
export function printJson(io: Io, value: unknown): void {
  io.stdout(jsonText(value));
}

/** Findings for a person, one a line, on stderr so that they survive a pipe. */
export function printWarnings(
  io: Io,
  findings: readonly Pick<Finding, 'message' | 'advice' | 'severity'>[],
  door: Door,
): void {
  for (const one of findings) {
    const kind = one.severity === 'note' ? 'note' : 'warning';
    io.stderr(`${kind}: ${onOneLine(findingInWords(one, door))}\n`);
  }
}

/** Text that holds line breaks, such as a heading of a table, on one line. */
export const onOneLine = (text: string): string => text.split(/\s*\n\s*/).join(' ');
