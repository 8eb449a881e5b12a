import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { VendorIndex } from '../../lib/core/vendor-match.ts';
import { indexVendors } from '../../lib/core/vendor-match.ts';
import type { Bench } from './figures.ts';
import { ratio } from './figures.ts';
import { interleave } from './interleave.ts';
import { manyVendors, misspelt } from './many-vendors.ts';

const [FEW, MANY] = [5000, 50_000];
const ASKED = 200;

/** One supplier against a large company's vendors: an index of all, and the time of a supplier that needs a close look. */
export const vendorMatching: Bench = async (say) => {
  const vendors = manyVendors(MANY);
  const names = misspelt(vendors, ASKED);
  const fewVendors = vendors.slice(0, FEW);
  const before = memory();
  const all = ready(vendors);
  const taken = (memory() - before) / 1e6;
  const few = ready(fewVendors);
  const time = await interleave(
    {
      few: () => millisecondsPerMatch(few, names),
      many: () => millisecondsPerMatch(all, names),
      buildFew: () => milliseconds(() => ready(fewVendors)),
      build: () => milliseconds(() => ready(vendors)),
    },
    { rounds: 5, warmUp: 1, say },
  );
  const figure = (what: string, many: number, few: number) => ({
    what: `${what} ${MANY} vendors ÷ ${FEW}`,
    value: ratio(many, few),
    unit: '×' as const,
    atMost: (MANY / FEW) * 1.5,
    madeOf: `${many.toFixed(2)} ms ÷ ${few.toFixed(2)} ms, medians of 5`,
  });
  return [
    figure('matching one supplier with', time.many, time.few),
    figure('an index of', time.build, time.buildFew),
    {
      what: `memory of the index of ${MANY} vendors`,
      value: taken * 1000,
      unit: 'KB',
      atMost: 100_000,
      madeOf: 'heap and buffers after collecting garbage',
    },
  ];
};

/** Built to the last: the index of near names comes with the first question. */
function ready(vendors: Parameters<typeof indexVendors>[0]): VendorIndex {
  const index = indexVendors(vendors);
  index.match({ name: 'Quite Another Company', originId: 'xero:contact:none' });
  return index;
}

function millisecondsPerMatch(index: VendorIndex, names: string[]): number {
  let found = 0;
  const spent = milliseconds(() => {
    for (const name of names) if (index.match({ name, originId: 'xero:contact:none' }) !== 'none') found++;
  });
  if (found === 0) throw new Error('no misspelt name is near any vendor');
  return spent / names.length;
}

function milliseconds(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

/** Bytes in use. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
