/** Text as wide as its reader's terminal: prose is wrapped, an example goes on behind a backslash, as a shell reads it. */

/** Room for words beside the columns before them, characters; with less, what goes on begins below the first column. */
const LEAST_ROOM = 20;

/** `text` without a line longer than `width`, where spaces allow it. */
export function fold(text: string, width: number = Number.POSITIVE_INFINITY): string {
  return paragraphsOf(text)
    .flatMap((lines) => {
      if (lines.every(({ length }) => length <= width)) return lines;
      return isProse(lines[0]!) ? wrapped(lines.join(' '), width, '') : lines.flatMap((line) => foldLine(line, width));
    })
    .join('\n');
}

const isProse = (line: string): boolean => /^\S/.test(line);

/** Lines that flow into each other are one paragraph; every other line stands for itself. */
function paragraphsOf(text: string): string[][] {
  const paragraphs: string[][] = [];
  let before = '';
  for (const line of text.split('\n')) {
    if (isProse(line) && isProse(before)) paragraphs.at(-1)!.push(line);
    else paragraphs.push([line]);
    before = line;
  }
  return paragraphs;
}

function foldLine(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  if (/^ +scaling-laws /.test(line)) return filled(line.split(/ (?=--|[<>|] |&& )/), width, '    ', ' \\');
  // In a row of columns, words go on below the last of them.
  const last = /^.*\S {2,}(?=\S)/.exec(line)?.[0].length ?? 0;
  const indent = last > 0 && last <= width - LEAST_ROOM ? last : /^ */.exec(line)![0].length;
  return wrapped(line, width, ' '.repeat(indent));
}

/** Words of `text` on lines; runs of spaces, which make columns, stay. */
const wrapped = (text: string, width: number, indent: string): string[] =>
  filled(text.split(/(?<=\S) (?=\S)/), width, indent, '');

/** As many of `parts` on each line as fit, each line but the first after `indent`, each but the last before `end`. */
function filled(parts: readonly string[], width: number, indent: string, end: string): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line !== undefined && `${line} ${part}${end}`.length <= width) lines[lines.length - 1] = `${line} ${part}`;
    else lines.push(lines.length === 0 ? part : indent + part);
  }
  return lines.map((line, i) => (i < lines.length - 1 ? line + end : line));
}
