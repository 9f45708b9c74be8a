/** `scaling-laws test`: whether the rows behind a fit could come from another law. */

import { refusal } from '../errors.ts';
import { text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { type ChiSquaredTest, chiSquaredTest } from '../uncertainty/covariance.ts';
import { type LikelihoodRatioTest, likelihoodRatioTest } from '../uncertainty/likelihood.ts';
import { digits } from '../words.ts';
import { command } from './command.ts';
import { bootstrapFlags } from './fit-options.ts';
import { flagSet } from './flags.ts';
import { FIT, FIT_FILE, lawFileFlags, lawFrom, savedFitFrom } from './law-argument.ts';
import { PUBLISHED_NAMES } from './law-names.ts';
import { redraw } from './long-work.ts';
import { jsonFlags } from './out.ts';
import { areStdin, columnFlags, readRowsOf } from './rows.ts';

const question = object('test options', {
  against: optional(text({ help: 'Law under test: see scaling-laws laws, or the file of a law.', placeholder: 'law' })),
});

/** The command. */
export const declared = command({
  args: [FIT, FIT_FILE],
  sets: {
    question: flagSet(question, { title: 'Question', change: { against: { choices: PUBLISHED_NAMES } } }),
    columns: columnFlags,
    law: lawFileFlags,
    bootstrap: bootstrapFlags,
    output: jsonFlags('Print { against, likelihoodRatio, chiSquared } as JSON; chiSquared needs --bootstrap.'),
  },
  notes: `The likelihood-ratio test asks how much better the fit is. With --bootstrap, a chi-squared test also asks how far the
coefficients of the law lie from those of the fit, in the covariance of its re-fits; for that both are of one form.`,
  examples: ['scaling-laws test fit.json runs.csv --against hoffmann-2022 --bootstrap 1000'],
  run: async ({ args: [name = '-'], files, flags, io }) => {
    const { against = '' } = flags.question;
    if ([name, areStdin(files) ? '-' : '', against].filter((one) => one === '-').length > 1)
      throw refusal('one of FIT, FILE and --against', 'be a file', '- for several');
    const fit = await savedFitFrom(name, flags.law.lawFile, io);
    const law = await lawFrom(against, flags.law, io);
    const runs = await readRowsOf(fit, files, flags.columns, io);
    const likelihoodRatio = likelihoodRatioTest(fit, runs, law);
    const redrawn = flags.bootstrap.replicates === undefined ? undefined : await redraw(fit, runs, flags.bootstrap, io);
    const chiSquared = redrawn ? chiSquaredTest(redrawn, law) : null;
    return {
      json: { against, likelihoodRatio, chiSquared },
      words: () => [
        `likelihood ratio: ${ratioInWords(likelihoodRatio)}`,
        ...(chiSquared ? [`coefficients: ${distanceInWords(chiSquared)}`] : []),
        `A small p speaks against ${against}.`,
      ],
    };
  },
});

const ratioInWords = ({ statistic, pValue, replicates }: LikelihoodRatioTest): string =>
  `statistic ${digits(statistic, 4)}, p = ${digits(pValue, 3)} by ${replicates} tables in which the law is true`;
const distanceInWords = ({ statistic, degreesOfFreedom, pValue }: ChiSquaredTest): string =>
  `chi-squared ${digits(statistic, 4)} with ${degreesOfFreedom} degrees of freedom, p = ${digits(pValue, 3)}`;
