import { parseArgs } from 'node:util';
import { awsCost } from './aws-cost.ts';
import { backfill } from './backfill.ts';
import { bundleSizes } from './bundle-sizes.ts';
import { synthesise } from './bundles.ts';
import { callsPerDocument } from './calls-per-document.ts';
import { coldStart } from './cold-start.ts';
import type { Bench, Group } from './figures.ts';
import { isMet } from './figures.ts';
import { idleLatency } from './idle-latency.ts';
import { mapping } from './mapping.ts';
import { planner } from './planner.ts';
import { asJson, asTable } from './result.ts';
import { vendorMatching } from './vendor-matching.ts';
import { warmApproval } from './warm-approval.ts';
import { warmWebhook } from './warm-webhook.ts';
import { workerCpu } from './worker-cpu.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** The largest backlogs as well, which take hours. */
    full: { type: 'boolean', default: false },
    /** A folder with node_modules of xero-node, axios and @aws-sdk/client-sqs: cold starts of the usual way, too. */
    'usual-modules': { type: 'string' },
    /** Parts whose name holds one of these words; all parts where none is given. */
    only: { type: 'string', multiple: true, default: [] },
  },
});

announce('bundles');
const bundles = synthesise();
const cpu = workerCpu(options);
const benches: Record<string, Bench> = {
  'calls per document': callsPerDocument(options),
  backfill: backfill(options),
  'idle latency': idleLatency,
  'worker CPU': cpu.bench,
  'AWS cost': awsCost(cpu.perDocument),
  'bundle sizes': bundleSizes(bundles),
  'cold start': coldStart(bundles, options['usual-modules']),
  'warm webhook': warmWebhook(bundles),
  'warm approval': warmApproval,
  planner,
  mapping,
  'vendor matching': vendorMatching,
};

const groups: Group[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (options.only.length > 0 && !options.only.some((word) => name.includes(word))) continue;
  announce(name);
  const figures = await bench(nowAndThen((progress) => announce(`${name}, ${progress}`)));
  groups.push({ name, figures });
}
console.log(asTable(groups));
if (options.json) console.log(asJson(groups));
process.exitCode = groups.every(({ figures }) => figures.every(isMet)) ? 0 : 1;

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
