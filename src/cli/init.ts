/** `scaling-laws init`: a config file with every flag of every command, commented out. */

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { refusal, ScalingLawsError } from '../errors.ts';
import { fileReason } from '../node/file-reason.ts';
import { yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { command, type Spec } from './command.ts';
import { loaded } from './commands.ts';
import { ALL, CONFIG_NAMES, configurable } from './config.ts';
import { flagSet } from './flags.ts';
import { printLines } from './io.ts';

const options = object('init options', { force: optional(yes({ help: 'Overwrite the file if it is there.' })) });

/** What is most often the same for all commands: the headings of a table. */
const COLUMNS = ['N', 'D', 'loss', 'run'];

/** The command. */
export const declared = command({
  args: [{ name: '[file]', help: `Where to write it. Default: ${CONFIG_NAMES[0]}.` }],
  sets: { options: flagSet(options, { title: 'Output' }) },
  examples: [
    'scaling-laws init',
    'scaling-laws init my-defaults.jsonc && scaling-laws --config my-defaults.jsonc fit runs.csv',
  ],
  run: async ({ args: [path = CONFIG_NAMES[0]], flags, io }) => {
    if (!flags.options.force && existsSync(path)) {
      throw refusal(path, 'be a new file', 'one that is there', '--force overwrites it');
    }
    try {
      await writeFile(path, configText(await loaded()));
    } catch (cause) {
      const breach = { where: path, argument: 'the file', rule: 'be writable', got: fileReason(cause) };
      throw new ScalingLawsError('E_FILE', breach, { path });
    }
    printLines(io, [`Wrote ${path}`]);
  },
});

/** The commented config file. */
export function configText(commands: readonly Spec[]): string {
  return [
    '// Defaults for the flags of scaling-laws in this folder; a flag on the command line wins.',
    '// Take away the slashes before a flag and write your value. A list is ["a", "b"] or "a,b"; a flag without a value is true.',
    '{',
    '  // for every command that has the flag',
    `  "${ALL}": {`,
    ...COLUMNS.map((name) => `    // "${name}": "<column>",`),
    '  },',
    ...commands
      .filter((spec) => configurable(spec).length > 0)
      .flatMap((spec) => [
        `  // ${spec.description}`,
        `  "${spec.name}": {`,
        ...configurable(spec).map(({ name, placeholder, help }) => {
          const value = placeholder === undefined ? 'true' : `"<${placeholder}>"`;
          return `    // "${name}": ${value}, // ${help}`;
        }),
        '  },',
      ]),
    '}',
    '',
  ].join('\n');
}
