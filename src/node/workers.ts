/** How many threads the long computations work on. */

import { integer } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';

/** How many worker threads. */
export const poolOption = object('pool options', {
  /** Worker threads, >= 1; 1 means the main thread. Default: as many as the machine runs at once. */
  workers: optional(
    integer(
      {
        help: 'Threads to work on; their number does not change the answer.',
        otherwise: 'as many as the machine runs at once',
        placeholder: 'n',
      },
      1,
    ),
  ),
});
/** How many worker threads. */
export type PoolOption = Given<typeof poolOption>;
