/** Where a worker finds a law: functions cannot be sent, but a name can, or the path of a file. */

import type { Law, LawForm } from '../laws/law.ts';
import { isBuiltIn } from '../laws/registry.ts';

/** A law of the library by its name, or a law by the file that defines it. */
export type LawSource =
  | { readonly kind: 'library'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string };

/** Under this key, shared by every build of the library in a process, a law says which file it was loaded from. */
const FILE = Symbol.for('scaling-laws/law-file');

/** `law`, saying that it comes from the file at `path`. */
export function fromLawFile(law: LawForm, path: string): Law {
  return Object.freeze(Object.defineProperty({ ...law }, FILE, { value: path })) as Law;
}

/** Where `law` is found again; undefined for a law that lives in this thread alone. */
export function sourceOf(law: LawForm): LawSource | undefined {
  if (isBuiltIn(law)) return { kind: 'library', name: law.kind };
  const { [FILE]: path } = law as { [FILE]?: string };
  return path === undefined ? undefined : { kind: 'file', path };
}
