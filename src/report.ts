/** `scaling-laws/report`: a fit as one page of HTML that stands alone. */

export { type ReportOptions, reportHtml } from './report/report-html.ts';
