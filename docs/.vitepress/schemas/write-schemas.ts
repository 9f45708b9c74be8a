/** Writes the JSON Schemas to dist/schema: the last step of `npm run build`. */

import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { jsonSchemas } from './schemas.ts';

const folder: string = fileURLToPath(new URL('../../../dist/schema', import.meta.url));
await mkdir(folder, { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas)) {
  await writeFile(`${folder}/${name}.json`, `${JSON.stringify(schema)}\n`);
}
