import { statSync } from 'node:fs';
import { bundleLimit } from '../support/bundle-limit.ts';
import type { Bundles } from './bundles.ts';
import type { Bench, Figure } from './figures.ts';
import { ratio } from './figures.ts';

/** What a cold start has to load. Sizes are minified bytes, the same on every machine. */
export function bundleSizes({ functions, floor }: Bundles): Bench {
  return async () => {
    const each = Object.entries(functions).map(
      ([name, path]): Figure => ({
        what: `bundle of ${name}`,
        value: kilobytes(path),
        unit: 'KB',
        atMost: bundleLimit(name),
        madeOf: 'minified',
      }),
    );
    const webhook = kilobytes(functions.XeroWebhook);
    const compared = (name: string, path: string) => ({
      what: `xero-webhook bundle ÷ ${name}`,
      value: ratio(webhook, kilobytes(path)),
      unit: '×' as const,
      madeOf: `${webhook.toFixed(0)} KB ÷ ${kilobytes(path).toFixed(0)} KB`,
    });
    return [{ ...compared('floor', floor.whole), atMost: 1.4 }, compared('lean floor', floor.lean), ...each];
  };
}

function kilobytes(path: string): number {
  return statSync(path).size / 1000;
}
