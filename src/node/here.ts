/** Where this code lies, as an ES module and as CommonJS. */

import { fileURLToPath } from 'node:url';

/** Path of the file that holds this function: in a build, one of the folder of all built files. */
export const here = (): string => (typeof __filename === 'string' ? __filename : fileURLToPath(import.meta.url));
