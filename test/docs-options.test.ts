/** The tables of options in the pages are those of the schemas. */

import { expect, it } from 'vitest';
import { optionTable, withTables } from '../docs/.vitepress/schemas/option-tables.ts';
import { optionSchemas } from '../docs/.vitepress/schemas/options.ts';
import { integer, list, positive, text } from '../src/schema/fields.ts';
import { object, optional, variants } from '../src/schema/objects.ts';
import { filesUnder, read } from './fences.ts';

const pages = filesUnder('docs', '.md').filter((path) => /^docs\/[\w-]+\.md$/.test(path));

it.each(pages)('%s: npm run docs:tables would change nothing', (path) => {
  const page = read(path);
  expect(withTables(page, optionSchemas)).toBe(page);
});

it('every schema that has a name has its table in a page', () => {
  const named = pages.flatMap((path) => [...read(path).matchAll(/<!-- options: (\w+) -->/g)].map(([, name]) => name));
  expect(named.toSorted()).toEqual(Object.keys(optionSchemas));
});

it('a table has a row for every option, with its help, rule and default', () => {
  const way = variants('way', { ride: { seats: integer({ help: 'Seats taken.' }, 1) } }, { help: 'How to travel.' });
  const stops = list(object('stop', { name: text({ help: 'Name of the town.' }) }), { help: 'On the way.' });
  const trip = object('trip', { way, stops: optional(stops, []), toll: optional(positive('dollars'), 5) });
  expect(optionTable(trip).split('\n').slice(2)).toEqual([
    '| `way` | How to travel. | `ride` | **needed** |',
    '| `way.seats` of `ride` | Seats taken. | an integer >= 1 | **needed** |',
    '| `stops` | On the way. | a list, each an object |  |',
    '| `stops[].name` | Name of the town. | a non-empty text | **needed** |',
    '| `toll` |  | a positive finite number of dollars | `5` |',
  ]);
});
