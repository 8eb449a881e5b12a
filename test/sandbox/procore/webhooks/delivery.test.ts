import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ProcoreSandboxOptions } from '../../../../lib/sandbox/procore/server.ts';
import { startProcoreSandbox } from '../../../../lib/sandbox/procore/server.ts';
import { manualClock } from '../manual-clock.ts';
import type { Caller } from '../open-sandbox.ts';
import { logIn, openSandbox, send } from '../open-sandbox.ts';
import { COMPANY, PROJECT } from '../sample-company.ts';
import { makeHook, V2_PROJECT } from './hooks-of-tests.ts';
import type { Receiver } from './receiver.ts';
import { startReceiver } from './receiver.ts';

let clock: ReturnType<typeof manualClock>;
let caller: Caller;
let receiver: Receiver;
let hook: number;
beforeEach(async () => {
  clock = manualClock();
  receiver = await startReceiver();
  await open({ webhooks: 'when-told' });
});
afterEach(() => Promise.all([caller.sandbox.close(), receiver.close()]));

async function open(options: ProcoreSandboxOptions): Promise<void> {
  await caller?.sandbox.close();
  caller = await openSandbox({ clock, ...options });
  hook = await makeHook(caller, ['Cost Codes'], { url: receiver.url });
}

const add = (code: string) => caller.sandbox.people(COMPANY).addCostCode(PROJECT, { code, name: code }).id;
const settle = () => caller.sandbox.webhooks.settle();
const arrivedIds = () => receiver.arrived.map(({ body }) => body.resource_id as number);

async function deliveries(status: string) {
  const token = (await logIn(caller.sandbox)).body.access_token;
  const path = `${V2_PROJECT}/hooks/${hook}/deliveries?filters[status]=${status}&per_page=100`;
  const answer = await send(caller.sandbox, 'GET', path, undefined, token);
  return answer.body.data as { event: { resource_id: number }; outcome: string; response_status: number }[];
}

describe('deliveries', () => {
  it('arrive by themselves in a running sandbox', async () => {
    await open({});
    const id = add('06-100');
    await receiver.count(1);
    expect(arrivedIds()).toEqual([id]);
  });

  it('stay away until told where that is wanted, and then come in order', async () => {
    const ids = ['06-100', '06-200'].map(add);
    expect(arrivedIds()).toEqual([]);
    await settle();
    expect(arrivedIds()).toEqual(ids);
    await settle();
    expect(arrivedIds()).toEqual(ids);
  });

  it('that fail hold up those behind them and are tried again after 1 s, 2 s, 4 s', async () => {
    receiver.answerWith(500);
    const ids = ['06-100', '06-200'].map(add);
    const attempts = async (seconds: number) => {
      clock.advance(seconds);
      await settle();
      return receiver.arrived.length;
    };
    const counts = [];
    for (const seconds of [0, 0.5, 0.5, 1, 1, 3, 1]) counts.push(await attempts(seconds));
    expect(counts).toEqual([1, 1, 2, 2, 3, 3, 4]);
    receiver.answerWith(204);
    await attempts(8);
    expect(arrivedIds()).toEqual([ids[0], ids[0], ids[0], ids[0], ids[0], ids[1]]);
    expect((await deliveries('failing')).map((one) => one.outcome)).toEqual(Array(4).fill('retried'));
    expect((await deliveries('successful')).map((one) => one.event.resource_id)).toEqual([...ids].reverse());
  });

  it('start again from a pause of 1 s once one has got through', async () => {
    const failing = async (code: string, attempts: number) => {
      receiver.answerWith(500);
      add(code);
      for (let attempt = 0; attempt < attempts; attempt++) {
        await settle();
        clock.advance(2 ** attempt);
      }
      receiver.answerWith(204);
      await settle();
    };
    await failing('06-100', 4);
    await failing('06-200', 2);
    expect(arrivedIds()).toHaveLength(4 + 1 + 2 + 1);
    expect(await deliveries('successful')).toHaveLength(2);
  });

  it('fail where no answer comes in time, and where nobody listens', async () => {
    // Long enough for a busy machine to take what is posted, and to answer at the end.
    await open({ webhooks: 'when-told', webhookTimeout: 500 });
    receiver.answerWith(undefined);
    const id = add('06-100');
    await settle();
    const late = { response_status: null, response_error: expect.stringMatching('timeout') };
    expect(await deliveries('failing')).toMatchObject([late]);
    caller.sandbox.people(COMPANY).changeHookUrl(hook, 'http://127.0.0.1:1/closed');
    clock.advance(1);
    await settle();
    expect(await deliveries('failing')).toHaveLength(2);
    caller.sandbox.people(COMPANY).changeHookUrl(hook, receiver.url);
    receiver.answerWith(200);
    clock.advance(2);
    await settle();
    expect(arrivedIds()).toEqual([id, id]);
  });

  it('wait an hour at most between attempts, and are discarded after 12 hours of failures', async () => {
    receiver.answerWith(503);
    const ids = ['06-100', '06-200'].map(add);
    const record = caller.sandbox.companies.get(COMPANY)!.hooks.get(hook)!;
    const growing = Array.from({ length: 12 }, (_, step) => 2 ** step);
    for (const pause of [...growing, ...Array(11).fill(3600)]) {
      await settle();
      clock.advance(pause);
    }
    expect(record.waiting).toHaveLength(2);
    await settle();
    expect(record.waiting).toEqual([]);
    expect(receiver.arrived).toHaveLength(24);
    const discarded = await deliveries('discarded');
    expect(discarded.map((one) => one.event.resource_id)).toEqual([...ids].reverse());
    expect((await deliveries('failing'))[0]).toMatchObject({ outcome: 'failed', response_status: 503 });
    receiver.answerWith(204);
    const later = add('06-300');
    await settle();
    expect(arrivedIds().slice(24)).toEqual([later]);
  });

  it('are listed by status, page by page for the first webhooks API', async () => {
    for (const code of ['06-100', '06-200', '06-300']) add(code);
    await settle();
    const list = `/rest/v1.0/webhooks/hooks/${hook}/deliveries?project_id=${PROJECT}`;
    const [latest, ...others] = (await caller.get(`${list}&filter[status]=any`)).body;
    expect(latest).toMatchObject({ outcome: 'ok', response_status: 204, event: { event_type: 'create' } });
    expect((await caller.get(`${list}&page_size=1`)).body).toEqual([latest]);
    expect((await caller.get(`${list}&page_start=${latest.event_id}`)).body).toEqual(others);
    expect((await caller.get(`${list}&filter[status]=failing`)).body).toEqual([]);
    expect((await caller.get(`${list}&filters[status]=lost`)).status).toBe(400);
  });

  it('come more than once and out of order where told so', async () => {
    const ids = ['06-100', '06-200', '06-300'].map(add);
    caller.sandbox.webhooks.disturb({ copies: 2, pick: (waiting) => waiting - 1 });
    await settle();
    expect(arrivedIds()).toEqual([...ids].reverse().flatMap((id) => [id, id]));
    expect(receiver.arrived[0]!.body).toEqual(receiver.arrived[1]!.body);
  });

  it('go on in a later sandbox: hooks, triggers and what waits are part of the snapshot', async () => {
    const id = add('06-100');
    const { sandbox } = caller;
    const later = await startProcoreSandbox({ clock, snapshot: sandbox.snapshot(), webhooks: 'when-told' });
    const next = later.people(COMPANY).addCostCode(PROJECT, { code: '06-200', name: 'Doors' });
    await later.webhooks.settle();
    await later.close();
    expect(arrivedIds()).toEqual([id, next.id]);
  });
});
