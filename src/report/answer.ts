/** An answer at the head of a report: its ten lines, and what other fits to the same table would have decided. */

import type { Answer } from '../answer/answer.ts';
import { answerInWords } from '../answer/in-words.ts';
import { drawnCount as count, digits, signedPercent } from '../words.ts';
import { type Html, html, table } from './html.ts';

/** What to train, as a table to act on. */
export function answerSection(answer: Answer): Html {
  const { decision, alternatives } = answer;
  const numbers = true;
  const rows = alternatives.map(({ otherwise, rows, N, D, loss, leftOut }) => [
    otherwise,
    String(rows),
    count(N),
    count(D),
    digits(loss, 4),
    leftOut?.meanSignedError == null ? '' : signedPercent(leftOut.meanSignedError),
  ]);
  const fit = answer.fit.runs.kept;
  return html`${table(
    'What to train',
    [{ name: 'About' }, { name: 'Answer' }],
    answerInWords(answer).map(([about, said]) => [about, said]),
  )}${
    rows.length === 0
      ? ''
      : table(
          'The same question to other fits of these rows',
          [
            { name: 'A fit' },
            { name: 'Rows', numbers },
            { name: 'Parameters', numbers },
            { name: 'Tokens', numbers },
            { name: 'Loss', numbers },
            { name: 'Error on rows left out', numbers },
          ],
          [
            [
              'to all of them: this answer',
              String(fit),
              count(decision.N),
              count(decision.D),
              digits(decision.loss, 4),
              '',
            ],
            ...rows,
          ],
        )
  }`;
}
