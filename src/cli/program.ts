/** The command line: its commands, and what its failures mean to whoever called it. */

import { Command, CommanderError } from 'commander';
import { VERSION } from '../constants.ts';
import { errorInWords, refusal, ScalingLawsError } from '../errors.ts';
import { inCode } from '../sentence.ts';
import { fill, type Progress } from './command.ts';
import { COMMANDS, HELP, PROGRAM_FLAGS } from './commands.ts';
import { fold } from './fold.ts';
import { type Io, onOneLine } from './io.ts';

/**
 * Exit codes: done; the input is bad; the command line is bad; this program is wrong (EX_SOFTWARE of sysexits.h); stopped by Ctrl-C
 * (128 + SIGINT, as shells count).
 */
export const EXIT = { done: 0, input: 1, usage: 2, bug: 70, interrupted: 130 } as const;

/** Width of help that goes to no terminal, characters. */
const DEFAULT_HELP_WIDTH = 100;

const EPILOGUE = `
Start with:
  scaling-laws demo
  scaling-laws fit runs.csv --out fit.json
  scaling-laws diagnose fit.json runs.csv
  scaling-laws predict fit.json --N 70B --D 1.4T
  scaling-laws optimal fit.json --target-loss 2.0 --inference-tokens 2T
  scaling-laws plan fit.json --target-loss 2.0 --inference-tokens 2T --pay dollars --train-gpu H100 --inference-gpu H100

Exit code 0: done; 1: bad input; 2: bad command line; 130: stopped by Ctrl-C. With --json one JSON value on stdout.`;

/**
 * Runs one command line.
 *
 * @param argv - Arguments after the program's name.
 * @param io - Where to write, and what to read as standard input.
 * @returns The exit code, one of {@link EXIT}. Never throws: what goes wrong is told on `io.stderr`, in one line unless it is a bug.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const progress: Progress = { door: inCode, configured: [] };
  try {
    if (argv[0] === COMPLETE) await complete(argv.slice(1), io);
    else await program(io, progress).parseAsync(argv, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return report(error, io, progress);
  }
}

/** Stands before the words of a line whose last one is to be completed. */
export const COMPLETE = '--complete';

/** Words that may stand in place of the last one of `line`, each with a tab and what it means. */
async function complete(line: readonly string[], io: Io): Promise<void> {
  const { offersFor } = await import('./completion.ts');
  for (const offer of await offersFor(line)) io.stdout(`${offer.join('\t')}\n`);
}

function program(io: Io, progress: Progress): Command {
  const width = io.columns ?? DEFAULT_HELP_WIDTH;
  const [version, config, noConfig, help] = PROGRAM_FLAGS.map(([, description]) => description) as [
    string,
    string,
    string,
    string,
  ];
  const all = new Command('scaling-laws')
    .description('Fit LLM scaling laws to training runs, and turn a fit into a decision.')
    .version(VERSION, '-v, --version', version)
    .helpOption('-h, --help', help)
    .option('--config <file>', config)
    .option('--no-config', noConfig)
    // A description is wrapped as long as so much is left for it beside its flag.
    .configureHelp({ minWidthToWrap: 20 })
    .addHelpText('after', EPILOGUE)
    .exitOverride()
    // Errors are told in one place, report(); commander writes nothing but help.
    .configureOutput({
      writeOut: (help) => io.stdout(fold(help, width)),
      writeErr: io.stderr,
      outputError: () => {},
      getOutHelpWidth: () => width,
    });
  for (const { name, description } of COMMANDS) all.command(name).description(description);
  const fillIn = async (named: Command): Promise<void> => {
    const spec = await COMMANDS.find(({ name }) => name === named.name())?.load();
    if (spec) fill(named, spec, () => all.opts<{ config?: string | false }>().config, io, progress);
  };
  all.hook('preSubcommand', (_, named) => fillIn(named));
  all
    .helpCommand(false)
    .command('help')
    .description(HELP)
    .argument('[command]', 'The command.')
    .action(async (name?: string) => {
      const named = name === undefined ? all : all.commands.find((one) => one.name() === name);
      if (!named) throw refusal('COMMAND', `be one of ${COMMANDS.map((one) => one.name).join(', ')}`, name);
      await fillIn(named);
      named.help();
    });
  return all;
}

/** Tells what went wrong, and gives the exit code for it. */
function report(error: unknown, io: Io, { door, configured }: Progress): number {
  const say = (message: string, code: number): number => {
    const also =
      code === EXIT.usage && configured.length > 0 ? ` (the config file gives ${configured.join(', ')})` : '';
    io.stderr(`scaling-laws: ${onOneLine(message)}${also}\n`);
    return code;
  };
  if (error instanceof ScalingLawsError) {
    if (error.code === 'E_ABORTED') return say('stopped; nothing was printed or saved', EXIT.interrupted);
    // What only flags can give, and the library refuses, is a bad command line.
    const isUsage = error.code === 'E_OPTION' || error.code === 'E_ARGUMENT';
    return say(errorInWords(error, door), isUsage ? EXIT.usage : EXIT.input);
  }
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done;
    // Without a command, commander has written the help already.
    return error.code === 'commander.help' ? EXIT.usage : say(error.message.replace(/^error: /, ''), EXIT.usage);
  }
  io.stderr(
    `scaling-laws: this is a bug in scaling-laws ${VERSION}; please report it with the command and its input\n`,
  );
  io.stderr(`${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.bug;
}
