import { parseArgs } from 'node:util';
import { bundleSizes } from './bundle-sizes.ts';
import { synthesise } from './bundles.ts';
import { coldStart } from './cold-start.ts';
import type { Bench, Figure } from './figures.ts';
import { isMet } from './figures.ts';
import { mapping } from './mapping.ts';
import { planner } from './planner.ts';
import { asJson, asTable } from './result.ts';
import { vendorMatching } from './vendor-matching.ts';
import { warmApproval } from './warm-approval.ts';
import { warmWebhook } from './warm-webhook.ts';

const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

announce('bundles');
const bundles = synthesise();
const benches: Record<string, Bench> = {
  'bundle sizes': bundleSizes(bundles),
  'cold start': coldStart(bundles),
  'warm webhook': warmWebhook(bundles),
  'warm approval': warmApproval,
  planner,
  mapping,
  'vendor matching': vendorMatching,
};

const figures: Figure[] = [];
for (const [name, bench] of Object.entries(benches)) {
  announce(name);
  figures.push(...(await bench(nowAndThen((progress) => announce(`${name}, ${progress}`)))));
}
console.log(asTable(figures));
if (options.json) console.log(asJson(figures));
process.exitCode = figures.every(isMet) ? 0 : 1;

function announce(what: string): void {
  process.stderr.write(`${what} …\n`);
}

/** Passes on what is said once two seconds have gone by since the last time. */
function nowAndThen(say: (progress: string) => void): (progress: string) => void {
  let last = performance.now();
  return (progress) => {
    if (performance.now() - last < 2000) return;
    last = performance.now();
    say(progress);
  };
}
