/** HTML as values: what is put into a template is text, and is escaped, unless it is HTML already. */

import { escaped } from '../plot/serialize.ts';

/** HTML that was made here, or is known to be. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | readonly Part[] | undefined;

/** A piece of a page: html`<p>${anything}</p>`. Lists are joined; undefined is nothing. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, i) => (i === 0 ? text : `${written(parts[i - 1])}${text}`)).join('') };
}

/** Text that is HTML by its making, such as SVG. */
export const raw = (text: string): Html => ({ html: text });

function written(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'html' in part ? part.html : part.map(written).join('');
}

/** A column of a table: its name, and whether its cells are numbers. */
export interface Column {
  readonly name: string;
  readonly numbers?: true;
}

/** A table with a caption; the first cell of a row names it. It scrolls by itself where the page is narrow. */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Html {
  const align = (j: number): Html => raw(columns[j]!.numbers ? ' class="number"' : '');
  const cell = (part: Part, j: number): Html =>
    j === 0 ? html`<th scope="row">${part}</th>` : html`<td${align(j)}>${part}</td>`;
  return html`<div class="table" role="region" aria-label="Table: ${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${columns.map(({ name }, j) => html`<th scope="col"${align(j)}>${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody></table></div>\n`;
}

/** Names and what they are. */
export const facts = (pairs: readonly (readonly [name: string, value: Part])[]): Html =>
  html`<dl>${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>\n`;

/** JSON that stands in a page as it is: no `<` of it can end the element it is in. */
export const json = (id: string, value: unknown): Html =>
  raw(`<script type="application/json" id="${id}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>\n`);
