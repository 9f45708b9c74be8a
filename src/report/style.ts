/** The look of a report: light, dark and on paper. No font, no picture, nothing from elsewhere. */

export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #57606a; --paper: #ffffff; --line: #d0d7de; --well: #f6f8fa;
  --error: #a40e26; --warning: #8a4600; --note: #0550ae; --ok: #0f6b34; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e6ea; --quiet: #9aa4af; --paper: #14171c; --line: #363d47;
  --well: #1c2128; --error: #ff9d96; --warning: #f0b26a; --note: #8cc2ff; --ok: #6fd08c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
header, main, footer { max-width: 820px; margin: 0 auto; padding: 0 16px; }
header { padding-top: 32px; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 40px 0 12px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 20px 0 4px; }
p, li, dd { overflow-wrap: anywhere; }
a { color: var(--note); }
.equation { font: 1.05rem/1.5 ui-monospace, monospace; background: var(--well); border-radius: 6px; padding: 12px 16px; margin: 12px 0; }
.quiet, figcaption { color: var(--quiet); font-size: 0.92rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 0; margin: 12px 0; }
.table { overflow-x: auto; margin: 12px 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; white-space: normal; font-weight: 600; padding: 4px 0; }
th, td { text-align: left; padding: 5px 16px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody th { font-weight: 500; }
thead th { color: var(--quiet); font-weight: 500; font-size: 0.92rem; }
.number { text-align: right; white-space: nowrap; }
dl { margin: 12px 0; }
dl div { display: grid; grid-template-columns: 10rem 1fr; gap: 0 12px; padding: 4px 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
.finding { border-left: 4px solid var(--note); background: var(--well); padding: 8px 14px; margin: 10px 0; border-radius: 0 6px 6px 0; }
.finding p { margin: 4px 0; }
.finding .severity { font-weight: 700; color: var(--note); }
.finding.error { border-color: var(--error); } .finding.error .severity { color: var(--error); }
.finding.warning { border-color: var(--warning); } .finding.warning .severity { color: var(--warning); }
figure { margin: 20px 0 28px; }
.drawn { overflow-x: auto; }
figure svg { width: 100%; min-width: 540px; max-width: 720px; height: auto; display: block; }
.dark { display: none; }
@media (prefers-color-scheme: dark) { .light { display: none; } .dark { display: block; } }
footer { color: var(--quiet); font-size: 0.92rem; padding-top: 24px; padding-bottom: 48px; }
@media (max-width: 600px) { dl div { grid-template-columns: 1fr; } }
@media print { :root { --ink: #000; --quiet: #333; --paper: #fff; --line: #999; --well: #fff; } .light { display: block; } .dark { display: none; }
  nav { display: none; } figure, .finding, tr { break-inside: avoid; } h2 { break-after: avoid; } .table, .drawn { overflow: visible; } figure svg { min-width: 0; } }
`;
