import { pagesWith } from '../web-page.ts';

const pages = pagesWith(`
:root { --held: #8a8f98; --own: #0b5cad; --over: #b3261e; --frame: #d0d4da; --good: #1b6e37; --panel: #f4f6f8; }
@media (prefers-color-scheme: dark) { :root { --held: #7d838d; --own: #6db1f5; --over: #ff8a80; --frame: #4a4f57;
  --good: #7fd69b; --panel: #1d2126; } }
main { max-width: 44rem; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; display: inline-block; margin-bottom: 1rem; }
.sum { font-size: 2rem; line-height: 1.2; font-weight: 650; margin: 0 0 .25rem; font-variant-numeric: tabular-nums; }
.sum small { font-size: 1rem; font-weight: 400; color: var(--quiet); }
.who { font-size: 1.125rem; margin: 0 0 1rem; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; margin: 0 0 1.25rem; }
.facts dd { margin: 0; }
.why { list-style: none; padding: 0; margin: 0 0 1.5rem; }
.why li { border-left: .25rem solid var(--over); padding: .375rem .75rem; margin-bottom: .5rem; background: var(--panel); }
h2 { font-size: 1.1875rem; margin: 2rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .375rem; }
figure { margin: 0 0 1.5rem; }
figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; margin-bottom: .375rem; }
figcaption b { font-weight: 600; }
.verdict-over { color: var(--over); font-weight: 600; }
.verdict-fits { color: var(--good); font-weight: 600; }
svg { display: block; width: 100%; height: 2.25rem; }
.frame { fill: none; stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.room { fill: var(--frame); fill-opacity: .45; }
.spoken { fill: var(--held); }
.own { fill: var(--own); }
.over { fill: var(--over); }
.limit { stroke: currentColor; stroke-width: 2; vector-effect: non-scaling-stroke; }
.key { display: inline-block; width: .75rem; height: .75rem; border-radius: .125rem; margin-right: .5rem; border: 1px solid var(--line); }
.key.spoken { background: var(--held); } .key.own { background: var(--own); }
.key.over { background: var(--over); } .key.room { background: var(--frame); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--frame); font-weight: 400; }
thead th { color: var(--quiet); font-size: .9375rem; }
td:last-child, th:last-child { text-align: right; padding-right: 0; white-space: nowrap; font-variant-numeric: tabular-nums; }
tfoot td, tfoot th { font-weight: 600; border-bottom: 0; }
.figures td, .figures th { border-bottom: 0; padding-top: .125rem; padding-bottom: .125rem; }
.figures tr.total > * { border-top: 1px solid var(--frame); }
section + details { margin-top: 1.5rem; }
details { border: 1px solid var(--frame); border-radius: .5rem; margin: 0 0 1rem; padding: 0 .875rem; }
summary { cursor: pointer; padding: .75rem 0; font-weight: 600; }
ol, details ul { padding-left: 1.25rem; margin: 0 0 1rem; }
ol li, details li { margin-bottom: .375rem; }
time { color: var(--quiet); font-size: .9375rem; }
.decide { border-top: 1px solid var(--frame); margin-top: 2rem; padding-top: .5rem; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
textarea { width: 100%; min-height: 5.5rem; font: inherit; color: inherit; background: transparent; padding: .625rem .75rem;
  border: 1px solid var(--line); border-radius: .5rem; }
textarea[aria-invalid] { border-color: var(--over); box-shadow: inset 0 0 0 1px var(--over); }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
.buttons button { flex: 1 1 9rem; min-height: 3rem; }
.buttons .reject { background: transparent; color: var(--over); box-shadow: inset 0 0 0 2px var(--over); }
.done { border-left: .25rem solid var(--good); padding: .25rem .75rem; }
.done.no { border-color: var(--over); }
`);

/** For every answer of the approval's address. */
export const PAGE_HEADERS = pages.headers;

export const page = pages.page;
