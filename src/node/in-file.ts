/** Whatever goes wrong in a file names it. */

import { ScalingLawsError } from '../errors.ts';

/** What `work` gives; an error of its begins with `path`, if there is one. */
export async function inFile<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (reason) {
    if (!(reason instanceof ScalingLawsError) || path === '') throw reason;
    const { code, argument, rule, where, got, cure, message, details } = reason;
    const said =
      argument === undefined || rule === undefined
        ? `${path}: ${message}`
        : {
            where: where === undefined ? path : `${path}: ${where}`,
            argument,
            rule,
            got,
            ...(cure !== undefined && { cure }),
          };
    throw new ScalingLawsError(code, said, { ...details, path });
  }
}
