/** Bytes -> text: UTF-8, UTF-16 and Windows-1252; what is no text is refused by its name, with the way out. */

import { ScalingLawsError } from '../errors.ts';

/** A text, and what to know about its encoding. */
export interface Decoded {
  readonly text: string;
  readonly notes: readonly string[];
}

/** What a file that is no text begins with, what it is, and how its table gets out of it. */
interface Binary {
  readonly begins: string;
  /** Where that stands, if not at the beginning. */
  readonly at?: number;
  /** Further characters that it holds. */
  readonly holds?: string;
  readonly name: string;
  readonly cure: string;
}

const csv = (read: string): string => `save it as CSV in Python: ${read}.to_csv('runs.csv')`;
const UNPACK = 'unpack it, and give the tables inside';
const PICTURE = 'give the numbers behind it as a table';

const BINARIES: readonly Binary[] = [
  // Protocols 2 to 5.
  ...['\x02', '\x03', '\x04', '\x05'].map((protocol) => ({
    begins: `\x80${protocol}`,
    name: 'a pickle',
    cure: csv("pandas.read_pickle('FILE')"),
  })),
  { begins: '\x93NUMPY', name: 'a NumPy array (.npy)', cure: csv("pandas.DataFrame(numpy.load('FILE'))") },
  { begins: 'PK', holds: '.npy', name: 'NumPy arrays (.npz)', cure: csv("pandas.DataFrame(dict(numpy.load('FILE')))") },
  { begins: 'PK', holds: 'data.pkl', name: 'a PyTorch checkpoint', cure: 'save its logged losses as CSV or JSON' },
  { begins: 'PK', holds: 'xl/', name: 'an Excel workbook', cure: 'save its sheet as CSV' },
  { begins: 'PK', holds: 'content.xml', name: 'an OpenDocument file', cure: 'save its sheet as CSV' },
  { begins: 'PK', name: 'a zip archive', cure: UNPACK },
  { begins: '\xd0\xcf\x11\xe0', name: 'an old Excel workbook (.xls)', cure: 'save it as .xlsx or CSV' },
  { begins: '\x89HDF', name: 'an HDF5 file', cure: csv("pandas.read_hdf('FILE')") },
  { begins: 'ARROW1', name: 'an Arrow (Feather) file', cure: csv("pandas.read_feather('FILE')") },
  { begins: 'FEA1', name: 'a Feather file', cure: csv("pandas.read_feather('FILE')") },
  { begins: 'PAR1', name: 'a Parquet file', cure: csv("pandas.read_parquet('FILE')") },
  {
    begins: 'SQLite format 3',
    name: 'an SQLite database',
    cure: 'save the table as CSV: sqlite3 -header -csv FILE "select * from runs"',
  },
  {
    begins: 'brain.Event',
    at: 24,
    name: 'a TensorBoard event file',
    cure: "download the scalar as CSV from TensorBoard, or read it with tensorboard's EventAccumulator",
  },
  { begins: ':W&B', name: 'a W&B run file', cure: 'export the history of the run as CSV: run.history().to_csv(...)' },
  { begins: 'RDX', name: 'an R data file', cure: "save it as CSV in R: write.csv(runs, 'runs.csv')" },
  { begins: 'X\n\0\0', name: 'an R data file', cure: "save it as CSV in R: write.csv(readRDS('FILE'), 'runs.csv')" },
  { begins: 'ustar', at: 257, name: 'a tar archive', cure: UNPACK },
  { begins: '\x1f\x8b', name: 'a gzip file', cure: 'unpack it with gunzip' },
  { begins: '\x28\xb5\x2f\xfd', name: 'a Zstandard file', cure: 'unpack it with unzstd' },
  { begins: 'BZh', name: 'a bzip2 file', cure: 'unpack it with bunzip2' },
  { begins: '\xfd7zXZ', name: 'an xz file', cure: 'unpack it with unxz' },
  { begins: '7z\xbc\xaf', name: 'a 7z archive', cure: UNPACK },
  { begins: '%PDF', name: 'a PDF', cure: PICTURE },
  { begins: '\x89PNG', name: 'a picture', cure: PICTURE },
  { begins: '\xff\xd8\xff', name: 'a picture', cure: PICTURE },
];
/** Bytes in which a name is looked for at either end: a zip archive has its contents at the end. */
const MARGIN = 4096;

/**
 * The text in `bytes`: UTF-8, or UTF-16 with or without a byte order mark; else Windows-1252, which holds Latin-1, with a note.
 *
 * @throws {ScalingLawsError} `E_FILE` for what is no text, by its name and with the way out.
 */
export function textOfBytes(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), notes: [] };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.slice(0, MARGIN).includes('\0')) return { text, notes: [] };
  } catch {
    const latin = new TextDecoder('windows-1252').decode(bytes);
    const isText = ![...latin.slice(0, MARGIN)].some((letter) => letter < '\t') && !binaryIn(bytes);
    if (isText) return { text: latin, notes: ['The text is no UTF-8; it is read as Windows-1252 (Latin-1).'] };
  }
  const { name, cure } = binaryIn(bytes) ?? { name: 'a binary file', cure: 'save the table as CSV in UTF-8' };
  throw new ScalingLawsError('E_FILE', { argument: 'the file', rule: 'be a table', got: name, cure });
}

function binaryIn(bytes: Uint8Array): Binary | undefined {
  const ends = [bytes.subarray(0, MARGIN), bytes.subarray(-MARGIN)].map((part) => String.fromCharCode(...part));
  return BINARIES.find(
    ({ begins, at = 0, holds = '' }) => ends[0]!.startsWith(begins, at) && ends.some((part) => part.includes(holds)),
  );
}

/** UTF-16, by its mark or because every other byte of Latin letters is 0. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, MARGIN);
  const zeros = [0, 0];
  sample.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2]!++;
  });
  const half = sample.length / 2;
  if (sample.length < 4) return undefined;
  if (zeros[1]! > 0.8 * half && zeros[0] === 0) return 'utf-16le';
  return zeros[0]! > 0.8 * half && zeros[1] === 0 ? 'utf-16be' : undefined;
}
