/** Writes the tables of options of all pages anew: `npm run docs:tables`. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withTables } from './option-tables.ts';
import { optionSchemas } from './options.ts';

const folder: string = fileURLToPath(new URL('../..', import.meta.url));
for (const name of readdirSync(folder).filter((file) => file.endsWith('.md'))) {
  const text = readFileSync(`${folder}${name}`, 'utf8');
  const now = withTables(text, optionSchemas);
  if (now !== text) writeFileSync(`${folder}${name}`, now);
}
