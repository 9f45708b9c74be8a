/** Writes every figure of the pages to docs/public/figures, for light and for dark pages: the first step of `npm run docs`. */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { plotDocument } from '../../src/node/pictures.ts';
import { renderSvg } from '../../src/plot.ts';
import { darkOf } from './boxes.ts';
import { figures } from './figures.ts';

const folder: string = fileURLToPath(new URL('../public', import.meta.url));
const document: Document = await plotDocument();

await rm(`${folder}/figures`, { recursive: true, force: true });
await mkdir(`${folder}/figures`, { recursive: true });
for (const { name, make } of figures) {
  const figure = await make();
  const path = `/figures/${name}.svg`;
  await writeFile(`${folder}${path}`, renderSvg(figure, { document }));
  // GitHub shows the README without building the site, so its picture is kept in the repository.
  if (name === 'loss-by-compute') await writeFile(`${folder}/${name}.svg`, `${renderSvg(figure, { document })}\n`);
  await writeFile(`${folder}${darkOf(path)}`, renderSvg(figure, { theme: 'dark', document }));
}
