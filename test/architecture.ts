/** The rules of the source tree as a function over paths and texts, so that the rules can be tested too. */

import { posix } from 'node:path';
import ts from 'typescript';

/** A source file, its path relative to the project's root. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Folders and top files of src/ from the ground up; a file imports from lower tiers and from its own folder only. */
export const TIERS: readonly (readonly string[])[] = [
  ['sentence', 'nearest'],
  ['errors', 'finding', 'constants', 'freeze', 'words', 'numeric'],
  ['arguments', 'schema', 'loss-unit'],
  ['flops'],
  // What people keep runs in, before any cell is understood.
  ['tables'],
  ['runs', 'laws'],
  ['filters', 'objective', 'simulate'],
  ['noise'],
  ['judge'],
  ['fit'],
  ['uncertainty'],
  ['approaches', 'predict'],
  ['inference'],
  ['allocate'],
  ['plan'],
  // They ask what a fit, or a plan, means for predictions and decisions.
  ['hold-out'],
  ['ablate', 'choose', 'compare-approaches', 'design', 'families'],
  // It goes the whole way in one call.
  ['answer'],
  ['parallel'],
  ['plot'],
  // It shows figures.
  ['report'],
  // The doors of package.json: lists of names.
  ['entry'],
  ['node'],
  ['cli'],
];
const NOT_IN_CORE = ['console', 'process', 'Date'];
const VAGUE_FOLDERS = ['utils', 'helpers', 'lib', 'common', 'scripts'];

/** Files at the top of src/ that belong to no folder's station: an entry is one, and so is what every station may use. */
const GROUND = TIERS.slice(0, 3).flat();

/** A folder, or a file at the top of src/; all entries are one station. */
function stationOf(path: string): string {
  const name = path.split('/')[1]!;
  if (!name.endsWith('.ts')) return name;
  const own = name.slice(0, -'.ts'.length);
  return own === 'node' || GROUND.includes(own) ? own : 'entry';
}
const tierOf = (path: string): number => TIERS.findIndex((tier) => tier.includes(stationOf(path)));
/** Files that may touch the machine: the Node entry, the command line, and worker threads. */
const touchesMachine = (path: string): boolean => /^src\/(node\.ts|node\/|cli\/)|worker\.ts$/.test(path);

/** Every breach of the rules in these files of src/, as `path: what is wrong`; empty when all is well. */
export function breaches(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const found: string[] = [];
    if (tierOf(path) < 0) found.push('has no tier in test/architecture.ts');
    found.push(...vagueFolders([path]));
    const visit = (node: ts.Node): void => {
      found.push(...breachesOf(node, path));
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
    return found.map((what) => `${path}: ${what}`);
  });
}

/** Names of folders that say nothing about what is in them. */
export function vagueFolders(paths: readonly string[]): string[] {
  const folders = new Set(paths.flatMap((path) => path.split('/').slice(0, -1)));
  return VAGUE_FOLDERS.filter((name) => folders.has(name)).map((name) => `folder ${name}/ says nothing of its content`);
}

/** Modules that a file names: static and dynamic imports, re-exports, workers by `new URL('./x.ts', ...)`. */
export function importsOf({ path, text }: Source, counts: (node: ts.Node) => boolean = () => true): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (counts(node)) found.push(...moduleNamed(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  return found;
}

/** Rings of files that need each other when they run, each as its files in order; a type alone is no need. Empty when all is well. */
export function circles(sources: readonly Source[]): string[] {
  const imports = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source, isNeeded).flatMap((name) => (name.startsWith('.') ? [target(source.path, name)] : [])),
    ]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, above: readonly string[]): void => {
    const start = above.indexOf(path);
    if (start >= 0) found.push([...above.slice(start), path].join(' -> '));
    if (start >= 0 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...above, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return found;
}

/** Whether more than types come from a module. */
function isNeeded(node: ts.Node): boolean {
  if (ts.isExportDeclaration(node)) return !node.isTypeOnly;
  if (!ts.isImportDeclaration(node)) return !ts.isCallExpression(node);
  const clause = node.importClause;
  if (!clause) return true;
  const names = clause.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : [];
  return !clause.isTypeOnly && (names.length === 0 || names.some((one) => !one.isTypeOnly));
}

/** Path of a relative import of `path`, from the project's root. */
export const target = (path: string, name: string): string => posix.join(posix.dirname(path), name);

function moduleNamed(node: ts.Node): string[] {
  const named =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? node.arguments[0]
        : ts.isNewExpression(node) && node.expression.getText() === 'URL'
          ? node.arguments?.[0]
          : undefined;
  return named && ts.isStringLiteral(named) ? [named.text] : [];
}

function breachesOf(node: ts.Node, path: string): string[] {
  const [name] = moduleNamed(node);
  if (name?.startsWith('.')) {
    const to = target(path, name);
    const allowed = tierOf(to) >= 0 && (stationOf(to) === stationOf(path) || tierOf(to) < tierOf(path));
    return allowed ? exportBreaches(node) : [`must not import ${to}`];
  }
  if (touchesMachine(path)) return exportBreaches(node);
  if (name?.startsWith('node:')) return [`must not import ${name}`];
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') return ['must not use Math.random'];
  if (ts.isIdentifier(node) && NOT_IN_CORE.includes(node.text) && !isMemberName(node)) {
    return [`must not use ${node.text}`];
  }
  return exportBreaches(node);
}

const isMemberName = (node: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(node.parent) &&
    node.parent.name === node &&
    !node.parent.getText().startsWith('global')) ||
  ts.isPropertyAssignment(node.parent) ||
  ts.isPropertySignature(node.parent);

function exportBreaches(node: ts.Node): string[] {
  if (ts.isEnumDeclaration(node)) return ['must not declare an enum'];
  if (ts.isExportDeclaration(node) && !(node.exportClause && ts.isNamedExports(node.exportClause))) {
    return ['must not export *'];
  }
  const isDefault =
    ts.isExportAssignment(node) ||
    (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)) ||
    (ts.isExportSpecifier(node) && node.name.text === 'default');
  return isDefault ? ['must not export a default'] : [];
}
