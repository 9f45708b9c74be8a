/**
 * Runs the code in README, docs and docstrings, so that none of it can go stale.
 *
 * A statement followed on its last line by `// => value` must have that value: numbers to the digits printed, objects
 * and lists member by member, text with or without quotes; words after a number are its unit. Code fences are `ts` or
 * `js`; `ts continue` goes on where the fence before it stopped; `ts no-run: reason` is not run.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

/** A piece of code in a document. */
export interface Fence {
  /** `README.md:12`. */
  readonly where: string;
  readonly language: string;
  /** What follows the language: `continue`, `no-run: reason`. */
  readonly info: string;
  readonly code: string;
}

/** Fences of a Markdown text; one marked `continue` holds the code of those that it continues. */
export function fencesOf(path: string, text: string): Fence[] {
  const fences: Fence[] = [];
  for (const match of text.matchAll(/^( *)```([\w-]+) *(.*)\n([\s\S]*?)^\1```$/gm)) {
    const [, indent = '', language = '', info = '', body = ''] = match;
    const before = info === 'continue' ? (fences.findLast((fence) => fence.language === language)?.code ?? '') : '';
    const code = before + body.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    fences.push({ where: `${path}:${lineAt(text, match.index)}`, language, info, code });
  }
  return fences;
}

/** The `@example` blocks of the docstrings of a source file. */
export function examplesOf(path: string, source: string): Fence[] {
  return [...source.matchAll(/^[ \t]*\/\*\*[\s\S]*?\*\//gm)].flatMap((doc) =>
    [...doc[0].matchAll(/@example[^\n]*\n([\s\S]*?)(?=\n\s*\* @|\s*\*\/)/g)].map((example) => ({
      where: `${path}:${lineAt(source, doc.index + example.index)}`,
      language: 'ts',
      info: '',
      code: example[1]!.replaceAll(/^\s*\* ?/gm, '').replaceAll(/^```.*$/gm, ''),
    })),
  );
}

/** Files under `folder` whose name ends in `extension`; none where the folder is absent. */
export function filesUnder(folder: string, extension: string): string[] {
  try {
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const wanted = paths.filter((path) => path.endsWith(extension) && !path.includes('node_modules'));
    return wanted.map((path) => `${folder}/${path}`).sort();
  } catch {
    return [];
  }
}

/** Reads a file as text. */
export const read = (path: string): string => readFileSync(path, 'utf8');

/** Pages of docs/api are made from the docstrings, whose examples run below. */
const pages = filesUnder('docs', '.md').filter((path) => !path.startsWith('docs/api/'));
/** What people read: README, CONTRIBUTING and the pages of docs/. */
export const documents: readonly string[] = ['README.md', 'CONTRIBUTING.md', ...pages].filter((path) =>
  existsSync(path),
);

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/**
 * Runs a fence; resolves if it neither throws nor has a value other than the one promised.
 *
 * @param modules - What it may import, by specifier, beside modules of Node.
 * @param given - Names that it may use without importing them.
 */
export async function runFence(
  { where, code }: Fence,
  modules: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const require = (name: string): unknown => modules[name] ?? createRequire(import.meta.url)(name);
  const check = (actual: unknown, expected: string): void => {
    if (!matches(actual, expected)) throw new Error(`${where} must give ${expected}, got ${shown(actual)}`);
  };
  const { outputText } = ts.transpileModule(withChecks(where, code), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const quiet = { log: () => {}, warn: () => {}, error: () => {}, table: () => {} };
  const scope = { ...given, require, exports: {}, console: quiet, $check: check };
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  await new AsyncFunction(...Object.keys(scope), `{${outputText}\n}`)(...Object.values(scope));
}

/** The code with every `// => value` made a call of `$check`. */
function withChecks(where: string, code: string): string {
  const file = ts.createSourceFile('fence.ts', code, ts.ScriptTarget.ES2022, true);
  let checked = code;
  let promises = 0;
  for (const statement of [...file.statements].reverse()) {
    const expected = /^[ \t]*\/\/ => *(.+)/.exec(code.slice(statement.end))?.[1];
    if (expected === undefined) continue;
    promises++;
    const call = `$check(${promised(statement, where)}, ${JSON.stringify(expected.trim())});`;
    const kept = ts.isExpressionStatement(statement) ? '' : statement.getText();
    checked = `${checked.slice(0, statement.getStart())}${kept}\n${call}${checked.slice(statement.end)}`;
  }
  if (promises !== code.split('// =>').length - 1)
    throw new Error(`${where}: a "// =>" must end a top-level statement`);
  return checked;
}

function promised(statement: ts.Statement, where: string): string {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.at(-1)!.name.getText();
  if (!ts.isExpressionStatement(statement)) throw new Error(`${where}: "// =>" must follow an expression or a const`);
  const { expression } = statement;
  const printed = ts.isCallExpression(expression) && expression.expression.getText() === 'console.log';
  return printed ? expression.arguments[0]!.getText() : expression.getText();
}

/** Whether `actual` is what the text `expected` says. */
export function matches(actual: unknown, expected: string): boolean {
  if (typeof actual === 'string' && actual === expected) return true;
  const number = /^-?[\d.]+(e[+-]?\d+)?(?=[\s,;(]|$)/i.exec(expected)?.[0];
  const file = ts.createSourceFile('value.ts', `(${number ?? expected})`, ts.ScriptTarget.ES2022, true);
  const statement = file.statements[0];
  if (!statement || !ts.isExpressionStatement(statement)) return false;
  return equals(actual, (statement.expression as ts.ParenthesizedExpression).expression);
}

function equals(actual: unknown, node: ts.Expression): boolean {
  if (ts.isObjectLiteralExpression(node)) {
    if (typeof actual !== 'object' || actual === null) return false;
    const members = node.properties.filter(ts.isPropertyAssignment);
    const names = members.map(({ name }) => (ts.isStringLiteral(name) ? name.text : name.getText()));
    const values = actual as Readonly<Record<string, unknown>>;
    const same = members.every(({ initializer }, i) => equals(values[names[i]!], initializer));
    return same && Object.keys(values).every((name) => values[name] === undefined || names.includes(name));
  }
  if (ts.isArrayLiteralExpression(node)) {
    const list = Array.isArray(actual) || ArrayBuffer.isView(actual) ? Array.from(actual as ArrayLike<unknown>) : [];
    return list.length === node.elements.length && node.elements.every((element, i) => equals(list[i], element));
  }
  if (ts.isStringLiteralLike(node)) return actual === node.text;
  const text = node.getText();
  if (typeof actual !== 'number' || !/^-?[\d.]/.test(text)) return String(actual) === text;
  const [, decimals = '', exponent = '0'] = /^-?\d*\.?(\d*)(?:e(.+))?$/i.exec(text.replaceAll('_', '')) ?? [];
  const lastDigit = 10 ** (Number(exponent) - decimals.length);
  return Math.abs(actual - Number(text.replaceAll('_', ''))) <= 0.5 * lastDigit * (1 + 1e-9);
}

const shown = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
