/** The one file that the reader of workbooks stands in once it is built: loaded when one is read, not before. */

export { default as readWorkbook } from 'read-excel-file/universal';
