import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Bundles } from './bundles.ts';
import { startConnectedAws } from './connected-aws.ts';
import type { Bench } from './figures.ts';
import { ratio } from './figures.ts';
import { interleave } from './interleave.ts';
import { gatewayEvent } from './webhook-delivery.ts';

const PROCESS = fileURLToPath(new URL('cold-start-process.mjs', import.meta.url));

/** From a fresh process to its first answer, against the stand-ins of AWS, which are warm. */
export function coldStart({ template, functions, floor }: Bundles): Bench {
  return async (say) => {
    await using running = new AsyncDisposableStack();
    const { environment } = await startConnectedAws(template, running);
    const event = JSON.stringify(gatewayEvent(1));
    const time = await interleave(
      {
        floor: () => answerIn(floor.whole, event, environment),
        webhook: () => answerIn(functions.XeroWebhook, event, environment),
        leanFloor: () => answerIn(floor.lean, event, environment),
      },
      { rounds: 15, warmUp: 2, say },
    );
    const ms = (value: number) => `${value.toFixed(0)} ms`;
    return [
      {
        what: 'xero-webhook cold start ÷ floor',
        value: ratio(time.webhook, time.floor),
        unit: '×',
        atMost: 1.2,
        madeOf: `${ms(time.webhook)} ÷ ${ms(time.floor)}, medians of 15`,
      },
      {
        what: 'xero-webhook cold start ÷ lean floor',
        value: ratio(time.webhook, time.leanFloor),
        unit: '×',
        madeOf: `${ms(time.webhook)} ÷ ${ms(time.leanFloor)}, medians of 15`,
      },
    ];
  };
}

/** Milliseconds from the start of a new process to its answer. Throws where that is not 200. */
async function answerIn(bundle: string, event: string, env: Record<string, string>): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [PROCESS, bundle, event], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  const answer = child.stdio[3] as Readable;
  const ended = once(child, 'exit');
  const [status = ''] = await Promise.race([once(answer, 'data'), ended.then(() => [])]);
  const milliseconds = performance.now() - started;
  await ended;
  if (String(status) !== '200') throw new Error(`${bundle} answered ${status || 'nothing'}`);
  return milliseconds;
}
