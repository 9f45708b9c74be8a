/** Writes every figure of the pages to docs/public/figures: the first step of `npm run docs`. */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { plotDocument } from '../../src/node/pictures.ts';
import { renderSvg } from '../../src/plot.ts';
import { figures } from './figures.ts';

const folder: string = fileURLToPath(new URL('../public/figures/', import.meta.url));
const document: Document = await plotDocument();

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const { name, make } of figures) await writeFile(`${folder}${name}.svg`, renderSvg(await make(), { document }));
