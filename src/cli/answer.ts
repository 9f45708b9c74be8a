/** What a command answers, as data and in words, and how either is handed over: printed, or written to --out. */

import type { Finding } from '../finding.ts';
import { inLossUnit, type LossUnit } from '../loss-unit.ts';
import { markdownOf, type Sheet, sheetCsv } from '../tables/sheet.ts';
import type { Line, Sets } from './command.ts';
import { jsonText, printJson, printLines, printWarnings } from './io.ts';
import { isStdout, writeOut } from './out.ts';

/** Something to know. */
export interface Said {
  /** What --json prints. */
  readonly json: unknown;
  /** Lines for a person. */
  readonly words: () => readonly string[] | Promise<readonly string[]>;
  /** Its lines in a table of several answers, the first of them the heads. */
  readonly table?: () => readonly (readonly string[])[];
  /** The same with every digit, for --format csv and markdown. */
  readonly sheet?: () => Sheet;
  /** Unit of the losses in its words, where that is not nats per token. */
  readonly lossUnit?: LossUnit;
  readonly warnings?: readonly Finding[];
  /** What --out takes as JSON, where the command has it; `-` prints it in place of the words. */
  readonly saved?: unknown;
}

/** A page or a picture: --out takes it as it is, and without --out it is printed. */
export interface Page {
  readonly page: string | Uint8Array;
}

/** An answer. */
export type Answer = Said | Page;

/** What --json prints of answers to one or several questions. */
export const oneOrAll = <T>(found: readonly T[]): T | readonly T[] => (found.length === 1 ? found[0]! : found);

/** Hands over the answer to one command line. */
export async function deliver(answer: Answer, { values, io, door }: Line<Sets>): Promise<void> {
  const out = values.get('out') as string | undefined;
  if ('page' in answer) {
    if (isStdout(out)) io.stdout(String(answer.page));
    else await writeOut(out, answer.page);
    return;
  }
  const { json, words, sheet, warnings = [], saved, lossUnit } = answer;
  const isWritten = saved !== undefined && !isStdout(out);
  if (isWritten) await writeOut(out, jsonText(saved));
  const format = (['json', 'csv'] as const).find((name) => values.get(name) === true) ?? values.get('format');
  if (format === 'json') return printJson(io, json);
  if (sheet && format === 'csv') io.stdout(sheetCsv(sheet()));
  else if (sheet && format === 'markdown') io.stdout(markdownOf(sheet()));
  else if (saved !== undefined && out === '-') printJson(io, saved);
  else {
    const lines = (await words()).map((line) => inLossUnit(line, lossUnit));
    printLines(io, [...lines, ...(isWritten ? ['', `Saved to ${out}`] : [])]);
  }
  printWarnings(io, warnings, door);
}
