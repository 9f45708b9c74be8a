/** The command line: its commands, and what its failures mean to whoever called it. */

import { Command, CommanderError } from 'commander';
import { VERSION } from '../constants.ts';
import { type ErrorCode, ScalingLawsError } from '../errors.ts';
import { addAblate } from './ablate.ts';
import { addApproaches } from './approaches.ts';
import { addChoose } from './choose.ts';
import { addCompletion } from './completion.ts';
import { applyConfig, configuredFlags } from './config.ts';
import { addDemo } from './demo.ts';
import { addDiagnose } from './diagnose.ts';
import { addFit } from './fit.ts';
import { fold } from './fold.ts';
import { addHardware } from './hardware.ts';
import { addInit } from './init.ts';
import { type Io, inFlags, UsageError } from './io.ts';
import { addLaws } from './laws.ts';
import { addOptimal } from './optimal.ts';
import { addPlan } from './plan.ts';
import { addPlot } from './plot.ts';
import { addPredict } from './predict.ts';
import { addReport } from './report.ts';
import { addSweep } from './sweep.ts';

/**
 * Exit codes: done; the input is bad; the command line is bad; this program is wrong (EX_SOFTWARE of sysexits.h); stopped by Ctrl-C
 * (128 + SIGINT, as shells count).
 */
export const EXIT = { done: 0, input: 1, usage: 2, bug: 70, interrupted: 130 } as const;

/** What only flags can give, and the library refuses. */
const FROM_FLAGS: readonly ErrorCode[] = ['E_OPTION', 'E_ARGUMENT', 'E_ARGUMENT'];

/** Width of help that goes to no terminal, characters. */
const DEFAULT_HELP_WIDTH = 100;

const EPILOGUE = `
Start with:
  scaling-laws demo
  scaling-laws fit runs.csv --out fit.json
  scaling-laws diagnose fit.json runs.csv
  scaling-laws predict fit.json --N 70B --D 1.4T
  scaling-laws optimal fit.json --loss 2.0 --inference-tokens 2T
  scaling-laws plan fit.json --loss 2.0 --inference-tokens 2T --pay dollars --train-gpu H100 --inference-gpu H100

Exit code 0: done; 1: bad input; 2: bad command line; 130: stopped by Ctrl-C. With --json one JSON value on stdout.`;

/**
 * Runs one command line.
 *
 * @param argv - Arguments after the program's name.
 * @param io - Where to write, and what to read as standard input.
 * @returns The exit code, one of {@link EXIT}. Never throws: what goes wrong is told on `io.stderr`, in one line unless it is a bug.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const command = program(io);
  try {
    await command.parseAsync(argv, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return report(error, io, configuredFlags(command));
  }
}

function program(io: Io): Command {
  const width = io.columns ?? DEFAULT_HELP_WIDTH;
  const command = new Command('scaling-laws')
    .description('Fit LLM scaling laws to training runs, and turn a fit into a decision.')
    .version(VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('--config <file>', 'defaults of flags (default: scaling-laws.config.jsonc or .json in this folder)')
    .option('--no-config', 'no config file')
    .hook('preSubcommand', (all, command) => applyConfig(all, command, all.opts<{ config?: string | false }>().config))
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
  for (const add of [
    addFit,
    addDiagnose,
    addAblate,
    addChoose,
    addApproaches,
    addPredict,
    addOptimal,
    addPlan,
    addSweep,
    addPlot,
    addReport,
    addLaws,
    addHardware,
    addDemo,
    addInit,
    addCompletion,
  ])
    add(command, io);
  return command;
}

/** Tells what went wrong, and gives the exit code for it; `configured` are flags that nobody typed. */
function report(error: unknown, io: Io, configured: readonly string[]): number {
  const say = (message: string): void => io.stderr(`scaling-laws: ${inFlags(message)}\n`);
  const sayUsage = (message: string): number => {
    say(configured.length > 0 ? `${message} (the config file gives ${configured.join(', ')})` : message);
    return EXIT.usage;
  };
  if (error instanceof ScalingLawsError) {
    if (error.code === 'E_ABORTED') {
      say('stopped; nothing was printed or saved');
      return EXIT.interrupted;
    }
    if (FROM_FLAGS.includes(error.code)) return sayUsage(error.message);
    say(error.message);
    return EXIT.input;
  }
  if (error instanceof UsageError) return sayUsage(error.message);
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done;
    // Without a command, commander has written the help already.
    return error.code === 'commander.help' ? EXIT.usage : sayUsage(error.message.replace(/^error: /, ''));
  }
  say(`this is a bug in scaling-laws ${VERSION}; please report it with the command and its input`);
  io.stderr(`${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.bug;
}
