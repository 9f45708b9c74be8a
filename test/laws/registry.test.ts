/** The registry: every law has its test and its page, and what is no law is refused. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lawNamed, laws } from '../../src/laws/registry.ts';

const here = import.meta.dirname;
/** Kinds that a test file holds to the contract, by the name of the file. */
const tested = readdirSync(here)
  .filter((file) => file.endsWith('.test.ts'))
  .flatMap((file) =>
    [...readFileSync(`${here}/${file}`, 'utf8').matchAll(/^contractOf\('([^']+)'/gm)].map(([, kind]) => ({
      kind: kind!,
      name: file.replace('.test.ts', ''),
    })),
  );

describe.each(Object.keys(laws))('law %s', (kind) => {
  const files = tested.filter((one) => one.kind === kind);

  it('is held to the contract by one test, that of its source file', () => {
    expect(files).toHaveLength(1);
    expect(existsSync(`${here}/../../src/laws/${files[0]!.name}.ts`)).toBe(true);
  });

  it('has a page in the documents that calls it by its name', () => {
    expect(readFileSync(`${here}/../../docs/laws/${files[0]!.name}.md`, 'utf8')).toContain(kind);
  });
});

describe('lawNamed', () => {
  it('refuses a name that is no law, with those that are', () => {
    const names = Object.keys(laws).join(', ');
    const message = `law must be one of ${names}, got toString; a law of your own must be given itself`;
    expect(() => lawNamed('toString')).toThrow(expect.objectContaining({ code: 'E_LAW_UNKNOWN', message }));
  });
});
