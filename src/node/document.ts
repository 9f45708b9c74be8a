/** The one file that linkedom stands in once it is built: loaded when a document is wanted, not before. */

export { parseHTML } from 'linkedom';
