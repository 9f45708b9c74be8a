/** The one file that hyparquet stands behind: loaded when a Parquet file is read, not before. */

export { parquetReadObjects } from 'hyparquet';
export { compressors } from 'hyparquet-compressors';
