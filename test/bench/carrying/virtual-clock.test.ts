import { describe, expect, it } from '@jest/globals';
import { virtualClock } from './virtual-clock.ts';

const START = '2026-11-22T09:00:00.000Z';

describe('the virtual clock', () => {
  it('lets sleepers sleep beside each other, and takes no time over it', async () => {
    const clock = virtualClock(START);
    const woken: string[] = [];
    const sleep = async (name: string, hours: number) => {
      await clock.sleep(hours * 3_600_000);
      woken.push(`${name} ${clock.now().toISOString().slice(11, 16)}`);
    };
    await Promise.all([sleep('late', 3), sleep('early', 1), sleep('too', 1)]);
    expect(woken).toEqual(['early 10:00', 'too 10:00', 'late 12:00']);
  });

  it('stands still while something is under way', async () => {
    const clock = virtualClock(START);
    let underWay = 1;
    clock.watch(() => underWay);
    const slept = clock.sleep(1000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(clock.now().toISOString()).toBe(START);
    underWay = 0;
    await slept;
    expect(clock.now().toISOString()).toBe('2026-11-22T09:00:01.000Z');
  });
});
