import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Bundles } from './bundles.ts';
import type { FirstEvent } from './cold-start-events.ts';
import { FIRST_EVENTS } from './cold-start-events.ts';
import { startConnectedAws } from './connected-aws.ts';
import type { Bench, Figure } from './figures.ts';
import { ratio } from './figures.ts';
import { interleave } from './interleave.ts';
import { buildUsual } from './usual-handler.ts';

const PROCESS = fileURLToPath(new URL('cold-start-process.mjs', import.meta.url));
const ROUNDS = { rounds: 11, warmUp: 1 };

/** How much longer than the floor a function may take; people wait for pages a little longer than machines for answers. */
const [QUICK, PAGE] = [1.2, 1.5];

/**
 * From a fresh process to its first answer, against the stand-ins of AWS, which are warm: every function, the floor with
 * the whole SDK client and with what our bundling leaves of it, and, where `usualModules` has its packages, the same
 * built the usual way.
 */
export function coldStart(
  { template, functions, floor, folder }: Bundles,
  usualModules: string | undefined,
): Bench {
  return async (say) => {
    await using running = new AsyncDisposableStack();
    const { environment, environments } = await startConnectedAws(template, running);
    const asFloor = { ...FIRST_EVENTS.XeroWebhook!, answer: '200' };
    const start = (bundle: string, event: FirstEvent, env = environment) => [bundle, event, env] as const;
    const usual = usualModules === undefined ? undefined : buildUsual(usualModules, folder);
    const starts = {
      floor: start(floor.whole, asFloor),
      'lean floor': start(floor.lean, asFloor),
      ...(usual && {
        'usual, bundled': start(usual.bundled, asFloor),
        'usual, unbundled': start(usual.unbundled, asFloor),
      }),
      ...Object.fromEntries(
        Object.entries(functions).flatMap(([name, bundle]) => {
          const first = FIRST_EVENTS[name];
          if (!first) throw new Error(`${name} has no first event to start with`);
          return [[name, start(bundle, first, environments[name]!)]];
        }),
      ),
    };
    const runs = Object.fromEntries(
      Object.entries(starts).map(([name, [bundle, first, env]]) => [
        name,
        () => answerIn(bundle, first, env),
      ]),
    ) as Record<string, () => Promise<number>>;
    const time = await interleave(runs, { ...ROUNDS, say });
    const ms = (name: string) => `${time[name]!.toFixed(0)} ms`;
    const compared = (name: string, base: string, target: Partial<Figure> = {}): Figure => ({
      what: `${name} cold start ÷ ${base}`,
      value: ratio(time[name]!, time[base]!),
      unit: '×',
      ...target,
      madeOf: `${ms(name)} ÷ ${ms(base)}, medians of ${ROUNDS.rounds}`,
    });
    return [
      ...Object.keys(functions).map((name) =>
        compared(name, 'floor', { atMost: FIRST_EVENTS[name]!.page ? PAGE : QUICK }),
      ),
      compared('XeroWebhook', 'lean floor'),
      ...(usual ? [compared('usual, bundled', 'floor'), compared('usual, unbundled', 'floor')] : []),
    ];
  };
}

/** Milliseconds from the start of a new process to its answer. Throws where that is another one. */
async function answerIn(
  bundle: string,
  { event, answer: wanted }: FirstEvent,
  env: Record<string, string>,
): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [PROCESS, bundle, JSON.stringify(event)], {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let told = '';
  child.stderr!.on('data', (text) => {
    told += text;
  });
  const answer = child.stdio[3] as Readable;
  const ended = once(child, 'exit');
  const [said = ''] = await Promise.race([once(answer, 'data'), ended.then(() => [])]);
  const milliseconds = performance.now() - started;
  await ended;
  if (String(said) !== wanted) {
    const name = env.AWS_LAMBDA_FUNCTION_NAME ?? bundle;
    throw new Error(`${name} said ${said || 'nothing'} instead of ${wanted}: ${told}`);
  }
  return milliseconds;
}
