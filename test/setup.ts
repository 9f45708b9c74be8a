/** Property tests draw anew on every run, but not where a change is judged: there the same draws judge every change. */

import fc from 'fast-check';

if (process.env.CI) fc.configureGlobal({ seed: 20261125 });
