/** Text -> a table, by the shape of the text: the one list of shapes, of which the first that recognises a text reads it. */

import { ScalingLawsError } from '../errors.ts';
import { parsedJson } from './bare-numbers.ts';
import { readDelimited } from './delimited.ts';
import { tableOfJson, tableOfObjects } from './json.ts';
import { isMarkdown, readMarkdown } from './markdown.ts';
import { type FieldOf, isRecord, noRows, type Table } from './table.ts';
import { isTrainerState, trainerTable } from './trainer-state.ts';

/** One shape of a text. */
interface TextShape {
  readonly recognise: (body: string) => boolean;
  readonly table: (body: string, fieldOf: FieldOf) => Table;
}

/**
 * Shapes of text, the most special first. `json`: row objects, columns, runs by name, one run, wrapped or not; `markdown`: the table of an issue;
 * `csv`: cells parted by `,`, `;`, `|`, tabs or spaces.
 */
export const TEXT_SHAPES = {
  'trainer-state': { recognise: isTrainerState, table: (body) => trainerTable(jsonIn(body)) },
  jsonl: { recognise: isJsonLines, table: readJsonLines },
  json: { recognise: (body) => /^[[{]/.test(body), table: (body, fieldOf) => tableOfJson(jsonIn(body), fieldOf) },
  markdown: { recognise: isMarkdown, table: readMarkdown },
  tsv: { recognise: () => false, table: (body) => readDelimited(body, '\t') },
  csv: { recognise: () => true, table: (body) => readDelimited(body) },
} as const satisfies Readonly<Record<string, TextShape>>;

/** Name of a shape of text. */
export type TextName = keyof typeof TEXT_SHAPES;

/** A table, and the shape that it had. */
export interface ReadText {
  readonly table: Table;
  readonly name: TextName;
}

/**
 * Reads a table from text. A byte order mark, CRLF, and blank lines are passed over.
 *
 * @param text - Any of {@link TEXT_SHAPES}.
 * @param fieldOf - Which field a heading names.
 * @param name - The shape, where it is known.
 * @throws {ScalingLawsError} `E_EMPTY` for blank text; `E_FORMAT` where it has no shape of a table, and beyond the limits.
 */
export function readText(text: string, fieldOf: FieldOf, name?: TextName): ReadText {
  const body = text.slice(blankBefore(text));
  if (body === '') throw noRows('blank text');
  const shapes: Readonly<Record<TextName, TextShape>> = TEXT_SHAPES;
  const found = name ?? (Object.keys(shapes) as readonly TextName[]).find((one) => shapes[one].recognise(body))!;
  return { table: shapes[found].table(body, fieldOf), name: found };
}

/** Characters of a byte order mark and blank lines; all where nothing else is there. A tab in front of a heading stays. */
function blankBefore(text: string): number {
  const first = text.search(/[^\s\uFEFF]/);
  if (first < 0) return text.length;
  const line = Math.max(text.lastIndexOf('\n', first), text.lastIndexOf('\r', first)) + 1;
  return /[[{]/.test(text[first]!) ? first : text[line] === '\uFEFF' ? line + 1 : line;
}

/** Whether the first line is an object by itself, and others follow. */
function isJsonLines(body: string): boolean {
  if (!body.startsWith('{')) return false;
  const end = body.indexOf('\n');
  return end > 0 && /\S/.test(body.slice(end)) && isRecord(parsedOrText(body.slice(0, end)));
}

function readJsonLines(body: string, fieldOf: FieldOf): Table {
  const lines = body.split('\n').filter((line) => /\S/.test(line));
  return tableOfObjects(lines.map(parsedOrText), fieldOf);
}

function parsedOrText(line: string): unknown {
  try {
    return parsedJson(line);
  } catch {
    return line.trim();
  }
}

function jsonIn(text: string): unknown {
  try {
    return parsedJson(text);
  } catch (error) {
    throw notJson('the text', error);
  }
}

/** The error for a text that does not parse. */
export function notJson(what: string, error: unknown): ScalingLawsError {
  const cure = (error as Error).message;
  return new ScalingLawsError('E_FORMAT', { argument: what, rule: 'be JSON', got: 'a syntax error', cure });
}
