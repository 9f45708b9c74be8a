/** Every TypeScript fence of README.md and docs/ compiles under `strict`, all of them in one program. */

import { resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { documents, type Fence, fencesOf, read } from './fences.ts';

/** The settings of a strict project that uses the library; paths lead to its source. */
function settings(): ts.CompilerOptions {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, resolve('.'));
  // What `strict` leaves alone a reader's project leaves alone too.
  return {
    ...options,
    noUncheckedIndexedAccess: false,
    exactOptionalPropertyTypes: false,
    pathsBasePath: resolve('.'),
  };
}

/** What TypeScript says against `fences`, each a module of its own. */
function complaints(fences: readonly Fence[]): string[] {
  const options = settings();
  const host = ts.createCompilerHost(options);
  const texts = new Map(fences.map((fence, i) => [resolve(`docs/fence-${i}.ts`), fence]));
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path)?.code ?? readFile(path);
  host.getSourceFile = (path, language, ...rest) => {
    const fence = texts.get(path);
    if (!fence) return getSourceFile(path, language, ...rest);
    return ts.createSourceFile(path, `${fence.code}\nexport {};`, language);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts].flatMap(([path, { where, code }]) => {
    const file = program.getSourceFile(path)!;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText, start = 0 }) =>
        `${where}, line ${code.slice(0, start).split('\n').length}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

const scripts = documents
  .flatMap((path) => fencesOf(path, read(path)))
  .filter(({ language, info }) => /^(ts|typescript)$/.test(language) && !/^no-run: *\S/.test(info));

it('all compile under strict', () => {
  expect(complaints(scripts)).toEqual([]);
});

it('one that does not is named, with its line', () => {
  const code = "import { predictor } from 'scaling-laws';\npredictor(1);";
  expect(complaints([{ where: 'here', language: 'ts', info: '', code }])).toEqual([
    expect.stringMatching(/^here, line 2: .* 'number' is not assignable/),
  ]);
});
