//! How a page looks on a wide screen, on a narrow one and on paper.

/// The style sheet. Colours meet WCAG 2.2 AA on white: ink 15:1, muted 5.7:1, links 5.4:1.
pub const STYLE: &str = "
:root { --ink: #1f2328; --muted: #5f6770; --line: #d9dde2; --link: #00629b; --pale: #f5f7f9; }
* { box-sizing: border-box; }
html { font: 17px/1.55 system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif; color: var(--ink); background: #fff; }
body { margin: 0 auto; padding: 0 1.2rem 4rem; max-width: 62rem; }
header { padding: 2.2rem 0 0.6rem; border-bottom: 3px solid var(--ink); }
h1, .title { font-size: 1.9rem; line-height: 1.2; margin: 0 0 0.5rem; text-wrap: balance; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.6rem 0 0.7rem; padding-top: 0.7rem; border-top: 1px solid var(--line); }
.title { font-weight: 700; }
p, ul { margin: 0.6rem 0; max-width: 48rem; }
li { margin: 0.3rem 0; }
.question { font-size: 1.12rem; margin: 0.3rem 0; }
.made, .note { color: var(--muted); font-size: 0.85rem; overflow-wrap: anywhere; }
nav ol { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; list-style: none; padding: 0; margin: 0.8rem 0 0; max-width: none; font-size: 0.92rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: #fff; padding: 0.3rem 0.6rem; }
figure { margin: 1.4rem 0; }
.picture { overflow-x: auto; border: 1px solid var(--line); border-radius: 4px; }
.picture svg { display: block; width: 100%; min-width: 42rem; height: auto; font-family: 'Noto Sans', system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif; }
.hint { fill: #000; fill-opacity: 0; }
.hint:hover { fill-opacity: 0.06; }
details { margin: 0.4rem 0; font-size: 0.92rem; }
summary { cursor: pointer; color: var(--link); padding: 0.25rem 0; }
/* A shadow at the edge beyond which there is more. */
.table, .picture { background:
  linear-gradient(to right, #fff 40%, transparent) left -1px top / 2.4rem 100% no-repeat local, linear-gradient(to left, #fff 40%, transparent) right -1px top / 2.4rem 100% no-repeat local,
  linear-gradient(to right, #0004, transparent) left -1px top / 0.7rem 100% no-repeat scroll, linear-gradient(to left, #0004, transparent) right -1px top / 0.7rem 100% no-repeat scroll; }
.table { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; min-width: 60%; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.2rem; }
th, td { padding: 0.34rem 0.7rem; text-align: right; white-space: nowrap; }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; }
thead tr:first-child:not(:last-child) th { border-bottom: 1px solid var(--line); text-align: center; font-weight: 500; color: var(--muted); }
th:first-child { text-align: left; padding-left: 0; }
tbody th { font-weight: 400; white-space: normal; min-width: 11rem; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
td.words, thead th.words { text-align: left; white-space: normal; overflow-wrap: anywhere; min-width: 9rem; }
td.words.long { min-width: 16rem; }
td { vertical-align: top; }
tbody th { vertical-align: top; }
.brief { padding: 2.2rem 0 1.4rem; border-bottom: 3px solid var(--ink); }
.brief p, .brief ul { max-width: none; }
.brief h2 { font-size: 1.05rem; margin: 1rem 0 0.2rem; padding: 0; border: 0; }
.brief ul { margin: 0.2rem 0; padding-left: 1.1rem; font-size: 0.92rem; line-height: 1.4; }
.brief .answer { font-size: 1.12rem; font-weight: 600; line-height: 1.4; }
.brief figure { margin: 0.8rem 0; }
.brief .picture svg { min-width: 0; }
.marking { text-align: center; font-weight: 700; letter-spacing: 0.06em; margin: 0; }
.figures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0.6rem 1.2rem; margin: 0.8rem 0; }
.figures > div { border-left: 3px solid var(--link); padding-left: 0.7rem; }
.figures dt, .beside, .signed { color: var(--muted); font-size: 0.85rem; }
dd { margin: 0; }
.figures strong { font-size: 1.35rem; }
.error { color: var(--muted); }
.signed { display: flex; flex-wrap: wrap; gap: 0.1rem 1.4rem; margin: 1rem 0 0; }
.signed div { display: flex; gap: 0.4rem; }
.signed dt { font-weight: 600; }
@media (max-width: 45rem) {
  .figures { grid-template-columns: 1fr; }
  .picture::before { content: 'Swipe sideways to see all of the chart'; position: sticky; left: 0.6rem; display: inline-block; padding: 0.4rem 0 0 0.6rem; color: var(--muted); font-size: 0.8rem; }
}
@media (max-width: 40rem) {
  html { font-size: 16px; }
  h1 { font-size: 1.5rem; }
  h2 { font-size: 1.2rem; }
}
@media print {
  @page { size: A4; margin: 13mm 15mm; }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  nav, .skip, details { display: none; }
  header { padding-top: 0; }
  .brief { break-after: page; padding: 0; border: 0; }
  .brief:last-child { break-after: auto; }
  .brief h1 { font-size: 15pt; margin-bottom: 0.2rem; }
  .brief h2 { margin-top: 0.5rem; font-size: 10pt; }
  .brief p { margin: 0.3rem 0; }
  .brief .question, .brief .answer { font-size: 10pt; line-height: 1.35; }
  .brief ul { font-size: 8.4pt; line-height: 1.28; }
  .brief li { margin: 0.12rem 0; }
  .brief figure { margin: 0.4rem 0; }
  .brief .picture svg { width: auto; max-width: 100%; height: 38mm; margin: 0 auto; }
  .figures { grid-template-columns: repeat(3, 1fr); margin: 0.5rem 0; }
  .figures strong { font-size: 13pt; }
  .figures dt, .beside, .signed { font-size: 8pt; }
  h2 { break-after: avoid; margin-top: 1.6rem; }
  figure, tr, .table.small { break-inside: avoid; }
  .picture { border: 0; overflow: visible; background: none; }
  .picture::before { content: none; }
  .picture svg { min-width: 0; }
  .table { overflow: visible; background: none; }
  table { font-size: 8.4pt; min-width: 0; width: 100%; }
  th, td { padding: 0.2rem 0.35rem; }
  thead th { white-space: normal; }
  td.words, td.words.long, thead th.words { min-width: 0; }
  tbody th { min-width: 0; }
}
";
