/** The command line: its commands, and what its failures mean to whoever called it. */

import { Command, CommanderError } from 'commander';
import { VERSION } from '../constants.ts';
import { type ErrorCode, ScalingLawsError } from '../errors.ts';
import { addAblate } from './ablate.ts';
import { addDemo } from './demo.ts';
import { addDiagnose } from './diagnose.ts';
import { addFit } from './fit.ts';
import { type Io, inFlags, UsageError } from './io.ts';
import { addLaws } from './laws.ts';
import { addOptimal } from './optimal.ts';
import { addPredict } from './predict.ts';

/**
 * Exit codes: done; the input is bad; the command line is bad; this program is wrong (EX_SOFTWARE of sysexits.h); stopped by Ctrl-C
 * (128 + SIGINT, as shells count).
 */
export const EXIT = { done: 0, input: 1, usage: 2, bug: 70, interrupted: 130 } as const;

/** What only flags can give, and the library refuses. */
const FROM_FLAGS: readonly ErrorCode[] = ['E_OPTION', 'E_FILTER', 'E_ARGUMENT'];

const EPILOGUE = `
Start with:
  scaling-laws demo
  scaling-laws fit runs.csv --out fit.json
  scaling-laws diagnose fit.json runs.csv
  scaling-laws predict fit.json --N 70B --D 1.4T
  scaling-laws optimal fit.json --loss 2.0 --inference-tokens 2T

Exit code 0: done; 1: bad input; 2: bad command line; 130: stopped by Ctrl-C. With --json one JSON value on stdout.`;

/**
 * Runs one command line.
 *
 * @param argv - Arguments after the program's name.
 * @param io - Where to write, and what to read as standard input.
 * @returns The exit code, one of {@link EXIT}. Never throws: what goes wrong is told on `io.stderr`, in one line unless it is a bug.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    await program(io).parseAsync(argv, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return report(error, io);
  }
}

function program(io: Io): Command {
  const command = new Command('scaling-laws')
    .description('Fit LLM scaling laws to training runs, and turn a fit into a decision.')
    .version(VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EPILOGUE)
    .exitOverride()
    // Errors are told in one place, report(); commander writes nothing but help.
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr, outputError: () => {} });
  for (const add of [addFit, addDiagnose, addAblate, addPredict, addOptimal, addLaws, addDemo]) add(command, io);
  return command;
}

/** Tells what went wrong, and gives the exit code for it. */
function report(error: unknown, io: Io): number {
  const say = (message: string): void => io.stderr(`scaling-laws: ${inFlags(message)}\n`);
  if (error instanceof ScalingLawsError) {
    if (error.code === 'E_ABORTED') {
      say('stopped; nothing was printed or saved');
      return EXIT.interrupted;
    }
    say(error.message);
    return FROM_FLAGS.includes(error.code) ? EXIT.usage : EXIT.input;
  }
  if (error instanceof UsageError) {
    say(error.message);
    return EXIT.usage;
  }
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done;
    // Without a command, commander has written the help already.
    if (error.code !== 'commander.help') say(error.message.replace(/^error: /, ''));
    return EXIT.usage;
  }
  say(`this is a bug in scaling-laws ${VERSION}; please report it with the command and its input`);
  io.stderr(`${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.bug;
}
