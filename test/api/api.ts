/** What each door of the package shows: every public name with its signature, read from the sources by TypeScript. */

import { resolve } from 'node:path';
import ts from 'typescript';
import manifest from '../../package.json' with { type: 'json' };
import { doorsOf } from '../doors.ts';

/** A name that a door exports. */
export interface PublicName {
  readonly name: string;
  readonly kind: 'function' | 'value' | 'type';
  /** Its declaration without comments and bodies. */
  readonly text: string;
  /** Where it is declared: one declaration, one identity, whatever doors call it. */
  readonly declared: string;
  /** First sentence of its docstring. */
  readonly about: string;
  /** Types of src/ that its parameters and its result name: where they are declared. */
  readonly takes: readonly string[];
  readonly returns: readonly string[];
}

/** Every door with its names in alphabetical order. */
export function publicNames(): ReadonlyMap<string, readonly PublicName[]> {
  const doors = doorsOf(manifest);
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile('tsconfig.json', ts.sys.readFile).config,
    ts.sys,
    process.cwd(),
  );
  const program = ts.createProgram(
    doors.map(({ path }) => resolve(path)),
    options,
  );
  const checker = program.getTypeChecker();
  return new Map(
    doors.map(({ specifier, path }) => {
      const file = program.getSourceFile(resolve(path))!;
      const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(file)!);
      const names = exported.map((symbol) => described(symbol, checker));
      return [specifier, names.sort((a, b) => (a.name < b.name ? -1 : 1))];
    }),
  );
}

/** The report as text: what a reviewer reads when the surface changes. */
export function report(names: ReadonlyMap<string, readonly PublicName[]>): string {
  const parts = [...names].map(([door, list]) => `# ${door}\n\n${list.map(({ text }) => text).join('\n\n')}\n`);
  return `The public names of every entry. Written by \`npm run api\`; the tests fail where it is not up to date.\n\n${parts.join('\n')}`;
}

/** The page of the documents that lists all functions and values, door by door. */
export function page(names: ReadonlyMap<string, readonly PublicName[]>): string {
  const parts = [...names].map(([door, list]) => {
    const rows = list.filter(({ kind }) => kind !== 'type').map(({ name, about }) => `- \`${name}\`: ${about}`);
    return `## ${door}\n\n${rows.join('\n')}\n`;
  });
  return `# All functions, entry by entry

The route from rows to a decision is in \`scaling-laws\`; special rooms have entries of their own, which are imported in the same way:
\`import { profile } from 'scaling-laws/uncertainty'\`. Types stand beside the functions that return them.

${parts.join('\n')}`;
}

const original = (symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

function described(symbol: ts.Symbol, checker: ts.TypeChecker): PublicName {
  const target = original(symbol, checker);
  const declarations = target.declarations ?? [];
  const [first] = declarations;
  const type = checker.getTypeOfSymbol(target);
  const calls = first && !ts.isClassDeclaration(first) ? checker.getSignaturesOfType(type, ts.SignatureKind.Call) : [];
  const isValue = (target.flags & ts.SymbolFlags.Value) !== 0;
  const kind = calls.length > 0 ? 'function' : isValue ? 'value' : 'type';
  return {
    name: symbol.name,
    kind,
    text: textOf(symbol.name, kind, declarations, type, checker),
    declared: identity(target),
    about: sentenceOf(ts.displayPartsToString(target.getDocumentationComment(checker))),
    takes:
      kind === 'function'
        ? typesIn(declarations, ({ typeParameters = [], parameters }) => [...typeParameters, ...parameters], checker)
        : [],
    returns: kind === 'function' ? typesIn(declarations, ({ type: result }) => (result ? [result] : []), checker) : [],
  };
}

/** File and name of a symbol's declaration. */
function identity(symbol: ts.Symbol): string {
  const [declaration] = symbol.declarations ?? [];
  const file = declaration?.getSourceFile().fileName.replace(`${process.cwd()}/`, '') ?? '';
  return `${file}:${symbol.name}`;
}

const printer = ts.createPrinter({ removeComments: true });
const FLAGS =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope |
  ts.TypeFormatFlags.WriteArrowStyleSignature;

function textOf(
  name: string,
  kind: PublicName['kind'],
  declarations: readonly ts.Declaration[],
  type: ts.Type,
  checker: ts.TypeChecker,
): string {
  if (kind === 'function') {
    const signatures = checker.getSignaturesOfType(type, ts.SignatureKind.Call);
    return signatures
      .map((one) => `function ${name}${checker.signatureToString(one, declarations[0], FLAGS)}`)
      .join('\n');
  }
  const written = declarations.filter((one) => !ts.isVariableDeclaration(one));
  if (written.length === 0) return `const ${name}: ${checker.typeToString(type, declarations[0], FLAGS)}`;
  return written
    .map((one) => renamed(printer.printNode(ts.EmitHint.Unspecified, bare(one), one.getSourceFile()), one, name))
    .join('\n');
}

/** A declaration by the name under which a door exports it. */
function renamed(text: string, declaration: ts.Declaration, name: string): string {
  const own = ts.getNameOfDeclaration(declaration)?.getText() ?? name;
  return text.replace(/^export /, '').replace(new RegExp(`\\b${own}\\b`), name);
}

/** A class without the bodies of its methods. */
function bare(declaration: ts.Declaration): ts.Declaration {
  if (!ts.isClassDeclaration(declaration)) return declaration;
  const { factory: make } = ts;
  const members = declaration.members.flatMap((member): ts.ClassElement[] => {
    if (ts.isConstructorDeclaration(member)) {
      return [make.updateConstructorDeclaration(member, member.modifiers, member.parameters, undefined)];
    }
    return ts.isPropertyDeclaration(member) ? [member] : [];
  });
  return make.updateClassDeclaration(
    declaration,
    declaration.modifiers,
    declaration.name,
    declaration.typeParameters,
    declaration.heritageClauses,
    members,
  );
}

/** The first sentence of a docstring on one line, links as code; `et al.` does not end one. */
function sentenceOf(docstring: string): string {
  const text = docstring.replaceAll(/\{@link (\S+?) *\}/g, '`$1`').replaceAll(/\s+/g, ' ');
  const sentence = /^(?:`[^`]*`|[^`])+?(?<! al)[.:](?=\s|$)/.exec(text)?.[0] ?? text;
  return sentence.replace(/:$/, '.');
}

type Parts = (signature: ts.SignatureDeclarationBase) => readonly (ts.Node | undefined)[];

/** Where the types of src/ are declared that these parts of a function's declaration write. */
function typesIn(declarations: readonly ts.Declaration[], parts: Parts, checker: ts.TypeChecker): string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) {
      const symbol = checker.getSymbolAtLocation(node.typeName);
      const target = symbol && original(symbol, checker);
      const file = target?.declarations?.[0]?.getSourceFile().fileName ?? '';
      if (
        target &&
        file.startsWith(resolve('src')) &&
        !file.startsWith(resolve('src/schema')) &&
        !(target.flags & ts.SymbolFlags.TypeParameter)
      ) {
        found.add(identity(target));
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const declaration of declarations) {
    const signature = ts.isVariableDeclaration(declaration)
      ? (declaration.type ?? declaration.initializer)
      : declaration;
    if (signature && ts.isFunctionLike(signature)) for (const part of parts(signature)) if (part) visit(part);
  }
  return [...found];
}
