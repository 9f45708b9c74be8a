/** A law of a user's own from the file that defines it, for the command line and for worker threads. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ScalingLawsError } from '../errors.ts';
import { isLaw, type Law } from '../laws/law.ts';
import { checkedLaw } from '../laws/registry.ts';
import { fromLawFile } from '../parallel/law-source.ts';

/**
 * Loads the law that a module defines. The module is run, so load only what you trust.
 *
 * @param path - Path of a `.mjs`, `.js` or `.cjs` file, or of a `.ts` file where Node strips types (22.18 and later), whose default export, or
 *   only exported law, was made by `defineLaw`.
 * @returns The law, for `fitScalingLaw` and the rest; worker threads load it from the same file.
 * @throws {ScalingLawsError} `E_FILE` if the file cannot be loaded, `E_LAW_FORM` if it does not export one law.
 */
export async function loadLawFile(path: string): Promise<Law> {
  const full = resolve(path);
  const exported = lawsIn(await moduleAt(path, full));
  const [law] = exported;
  if (exported.length === 1) return fromLawFile(checkedLaw(law!), full);
  throw new ScalingLawsError(
    'E_LAW_FORM',
    {
      argument: path,
      rule: 'export one law made by defineLaw',
      got: exported.length === 0 ? 'none' : exported.map(({ kind }) => kind).join(', '),
      ...(exported.length > 1 && { cure: 'make the one that is meant the default export' }),
    },
    { path },
  );
}

async function moduleAt(path: string, full: string): Promise<Readonly<Record<string, unknown>>> {
  if (!existsSync(full)) {
    throw new ScalingLawsError('E_FILE', { argument: path, rule: 'be a file that is there', got: 'none' }, { path });
  }
  try {
    return await import(/* @vite-ignore */ pathToFileURL(full).href);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const cures: Readonly<Record<string, string>> = {
      ERR_UNKNOWN_FILE_EXTENSION: 'name it .mjs or .cjs; .ts needs Node 22.18 or later',
      ERR_MODULE_NOT_FOUND: 'a file that imports scaling-laws needs it installed beside it: npm install scaling-laws',
    };
    const cure = cures[code ?? ''];
    throw new ScalingLawsError(
      'E_FILE',
      { argument: path, rule: 'be a module that Node can load', got: message, ...(cure !== undefined && { cure }) },
      { path },
    );
  }
}

/** The default export where that is a law, else all exported laws; CommonJS exports everything inside its default. */
function lawsIn({ default: main, ...named }: Readonly<Record<string, unknown>>): Law[] {
  if (isLaw(main)) return [main];
  return [...new Set([...Object.values(named), ...Object.values(main ?? {})])].filter(isLaw);
}
