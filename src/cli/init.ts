/** `scaling-laws init`: a config file with every flag of every command, commented out. */

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { ScalingLawsError } from '../errors.ts';
import { fileReason } from '../node/file-reason.ts';
import { ALL, CONFIG_NAMES, configurable, keyOf } from './config.ts';
import { type Io, printLines, UsageError } from './io.ts';

const EXAMPLES = `
Examples:
  scaling-laws init
  scaling-laws init my-defaults.jsonc && scaling-laws --config my-defaults.jsonc fit runs.csv`;

/** What is most often the same for all commands: the headings of a table. */
const COLUMNS = ['N', 'D', 'loss', 'run'];

/** Adds the command to `program`. */
export function addInit(program: Command, io: Io): void {
  program
    .command('init')
    .description('write a config file with every flag, commented out')
    .argument('[file]', 'where to', CONFIG_NAMES[0])
    .option('--force', 'overwrite the file if it is there')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, { force }: { force?: true }) => {
      if (!force && existsSync(path)) {
        throw new UsageError(`${path}: must be a new file, got one that is there; --force overwrites it`);
      }
      try {
        await writeFile(path, configText(program));
      } catch (cause) {
        throw new ScalingLawsError('E_FILE', `${path}: the file must be writable, got ${fileReason(cause)}`, { path });
      }
      printLines(io, [`Wrote ${path}`]);
    });
}

/** The commented config file. */
export function configText(program: Command): string {
  const sections = program.commands.filter((command) => configurable(command).length > 0);
  return [
    '// Defaults for the flags of scaling-laws in this folder; a flag on the command line wins.',
    '// Take away the slashes before a flag and write your value. A list is ["a", "b"] or "a,b"; a flag without a value is true.',
    '{',
    '  // for every command that has the flag',
    `  "${ALL}": {`,
    ...COLUMNS.map((name) => `    // "${name}": "<column>",`),
    '  },',
    ...sections.flatMap((command) => [
      `  // ${command.description()}`,
      `  "${command.name()}": {`,
      ...configurable(command).map((option) => {
        const value = option.required || option.optional ? `"${/<.*>/.exec(option.flags)?.[0] ?? ''}"` : 'true';
        return `    // "${keyOf(option)}": ${value}, // ${option.description}`;
      }),
      '  },',
    ]),
    '}',
    '',
  ].join('\n');
}
