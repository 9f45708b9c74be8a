/** `scaling-laws/report`: a fit as one page of HTML that stands alone. */

export { DEFAULT_REPORT_TITLE, type ReportOptions, reportHtml } from './report/report-html.ts';
