import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openCrew } from '../../lib/flows/crew.ts';

const pause = (turns: number) =>
  Array.from({ length: turns }).reduce<Promise<void>>((before) => before.then(() => {}), Promise.resolve());

/** A step that notes who took it together. */
function noted(crew: ReturnType<typeof openCrew>) {
  const taken: number[][] = [];
  const step = crew.together(async (items: number[]) => {
    taken.push(items);
    return items.map((item) => item * 10);
  });
  return { taken, step };
}

describe('hands that work side by side', () => {
  it('take a step in one call, however late the last of them comes to it', async () => {
    const crew = openCrew();
    const { taken, step } = noted(crew);
    const results: number[] = [];
    await crew.each([1, 2, 3], async (item) => {
      await pause(item * 7);
      results.push(await step(item));
    });
    expect({ results, taken }).toEqual({ results: [10, 20, 30], taken: [[1, 2, 3]] });
  });

  it('do not wait for one who ends, or fails, without coming to the step', async () => {
    const crew = openCrew();
    const { taken, step } = noted(crew);
    const results: number[] = [];
    const acts = {
      comes: async () => void results.push(await step(1)),
      ends: () => pause(20),
      fails: () => pause(30).then(() => Promise.reject(new Error('parked'))),
    };
    await expect(crew.each(Object.values(acts), (act) => act())).rejects.toThrow('parked');
    expect({ results, taken }).toEqual({ results: [10], taken: [[1]] });
  });

  it('go step by step: who is behind is waited for', async () => {
    const crew = openCrew();
    const first = noted(crew);
    const second = noted(crew);
    await crew.each(['ahead', 'behind'], async (who) => {
      if (who === 'ahead') return second.step(1);
      await pause(9);
      await first.step(2);
      return second.step(2);
    });
    expect({ first: first.taken, second: second.taken }).toEqual({ first: [[2]], second: [[1, 2]] });
  });

  it('each learn of it where the step fails', async () => {
    const crew = openCrew();
    const step = crew.together(async (_items: number[]): Promise<number[]> => {
      throw new Error('limited');
    });
    const failures: unknown[] = [];
    await crew.each([1, 2], (item) => step(item).catch(({ message }) => failures.push(message)));
    expect(failures).toEqual(['limited', 'limited']);
  });

  it('are not waited for where they wait for one another', async () => {
    const crew = openCrew();
    const { taken, step } = noted(crew);
    const order: number[] = [];
    const turn = (item: number) =>
      crew.alone('order', async () => {
        await step(item);
        order.push(item);
      });
    await crew.each([1, 2, 3], (item) => (item < 3 ? turn(item) : step(item)));
    expect({ order, taken }).toEqual({ order: [1, 2], taken: [[1, 3], [2]] });
  });

  it('lets who works alone take the step at once', async () => {
    const { taken, step } = noted(openCrew());
    expect([await step(1), await step(2), taken]).toEqual([10, 20, [[1], [2]]]);
  });

  it('always come to an end, and each gets its own result, whatever they do', async () => {
    const act = fc.oneof(
      fc.record({ do: fc.constant('step' as const), at: fc.nat(2) }),
      fc.record({ do: fc.constant('pause' as const), at: fc.nat(5) }),
      fc.record({ do: fc.constant('alone' as const), at: fc.nat(2) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(act, { maxLength: 6 }), { maxLength: 8 }), async (hands) => {
        const crew = openCrew();
        const steps = [noted(crew), noted(crew), noted(crew)];
        const wrong: unknown[] = [];
        const inside = new Set<string>();
        await crew.each([...hands.entries()], async ([hand, acts]) => {
          for (const { do: what, at } of acts) {
            const step = async () => {
              if ((await steps[at % 3]!.step(hand)) !== hand * 10) wrong.push(hand);
            };
            if (what === 'pause') await pause(at);
            else if (what === 'step') await step();
            else {
              await crew.alone(`lock ${at}`, async () => {
                if (inside.has(`${at}`)) wrong.push('two at once');
                inside.add(`${at}`);
                await step();
                inside.delete(`${at}`);
              });
            }
          }
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
