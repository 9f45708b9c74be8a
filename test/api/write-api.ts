/** Writes test/api/api.txt and docs/entries.md: `npm run api`. */

import { writeFileSync } from 'node:fs';
import { page, publicNames, report } from './api.ts';

const names = publicNames();
writeFileSync('test/api/api.txt', report(names));
writeFileSync('docs/entries.md', page(names));
