import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { drained } from '../../bin/cli/drain.ts';
import type { ChangeQueue } from '../../lib/aws/queue.ts';
import { testClock } from '../support/clock.ts';

type Depth = Awaited<ReturnType<ChangeQueue['depth']>>;

const EMPTY: Depth = { visible: 0, inFlight: 0, delayed: 0 };

/** Waits on a queue that shows these depths one after the other, and then the last for ever. */
async function waitFor(depths: Depth[], { timeoutSeconds = 600, local = true } = {}) {
  const clock = testClock('2026-11-22T09:00:00.000Z');
  const waiting = [...depths];
  let looks = 0;
  const depth = async () => {
    looks += 1;
    return waiting.length > 1 ? waiting.shift()! : waiting[0]!;
  };
  let stderr = '';
  const write = new Writable({
    write(chunk, _encoding, done) {
      stderr += chunk;
      done();
    },
  });
  const io = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: write };
  const error = await drained(
    { clock, queue: { send: async () => {}, receive: async () => [], remove: async () => {}, depth } },
    { timeoutSeconds, local },
    io,
  ).then(
    () => undefined,
    (reason) => reason,
  );
  const seconds = (clock.now().getTime() - Date.parse('2026-11-22T09:00:00.000Z')) / 1000;
  return { error, stderr, looks, seconds };
}

const many = (count: number, depth: Depth) => Array.from({ length: count }, () => depth);

describe('waiting until every document is dealt with', () => {
  it('ends soon where nothing is queued, without a word', async () => {
    expect(await waitFor([EMPTY])).toMatchObject({ error: undefined, stderr: '', seconds: 0.25 });
  });

  it('waits for what is in work, and for what it queues again', async () => {
    const inWork = { ...EMPTY, inFlight: 1 };
    const { error, looks } = await waitFor([inWork, EMPTY, { ...EMPTY, delayed: 1 }, inWork, EMPTY, EMPTY]);
    expect([error, looks]).toEqual([undefined, 6]);
  });

  it('tells its progress every two seconds once it takes longer', async () => {
    const { stderr } = await waitFor([...many(20, { visible: 9, inFlight: 4, delayed: 0 }), EMPTY]);
    expect(stderr).toBe('9 waiting, 4 in work …\n9 waiting, 4 in work …\n');
  });

  it('says that documents wait for a vendor', async () => {
    const { stderr } = await waitFor([...many(10, { visible: 0, inFlight: 0, delayed: 2 }), EMPTY]);
    expect(stderr).toBe("0 waiting, 0 in work, 2 put off until a vendor's limit or outage passes …\n");
  });

  it('gives up when the time is over, and says what is left', async () => {
    const { error, seconds } = await waitFor([{ visible: 3, inFlight: 2, delayed: 1 }], {
      timeoutSeconds: 30,
    });
    expect(error).toMatchObject({
      code: 'queue-not-drained',
      facts: { waiting: 3, 'in work': 2, 'put off': 1 },
    });
    expect(seconds).toBe(30);
  });

  it('does not trust the first empty counts of a deployed queue, which lag behind', async () => {
    const late = [EMPTY, EMPTY, { ...EMPTY, visible: 5 }, EMPTY];
    const { error, looks } = await waitFor(late, { local: false });
    expect([error, looks]).toEqual([undefined, 7]);
  });
});
