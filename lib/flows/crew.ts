import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Several hands that work side by side on one batch, and take together the steps that a vendor takes for many at once.
 * Whoever comes to such a step waits for those who are still busy, since they may come to it, too; whoever works alone
 * never waits. Nobody counts as busy who waits for another hand.
 */
export interface Crew {
  /** Does the work for every item at once, each by a hand of its own. Throws the first failure, once all have ended. */
  each<T>(items: T[], work: (item: T) => Promise<unknown>): Promise<void>;
  /**
   * Makes a step that is taken together: `take` gets what all have brought and gives for each, in their order, a result
   * or the Error that it is to throw; where it throws itself, it throws for all. Of several steps the one that was made
   * first is taken first.
   */
  together<Item, Result>(
    take: (items: Item[]) => Promise<(Result | Error)[]>,
  ): (item: Item) => Promise<Result>;
  /** The same, for a step that several places know by its name: the first who names it says how it is taken. */
  step<Item, Result>(
    name: string,
    take: (items: Item[]) => Promise<(Result | Error)[]>,
  ): (item: Item) => Promise<Result>;
  /** Does the work while no other hand is at work under the same name; first come, first served. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
}

interface Hand {
  waits: number;
}

/** Somebody who waits. `goOn` makes them busy again. */
interface Waiting {
  goOn(): void;
}

interface Brought extends Waiting {
  item: unknown;
  answer: PromiseWithResolvers<unknown>;
}

interface Step {
  brought: Brought[];
  take(items: unknown[]): Promise<unknown[]>;
}

export function openCrew(): Crew {
  const hands = new AsyncLocalStorage<Hand | undefined>();
  const steps: Step[] = [];
  const named = new Map<string, (item: unknown) => Promise<unknown>>();
  const queues = new Map<string, (Waiting & { begin(): void })[]>();
  let busy = 0;
  let underWay = 0;

  function wait(): Waiting {
    const hand = hands.getStore();
    if (!hand) return { goOn() {} };
    if (hand.waits === 0) busy -= 1;
    hand.waits += 1;
    return {
      goOn() {
        hand.waits -= 1;
        if (hand.waits === 0) busy += 1;
      },
    };
  }

  /** Takes the first step that anybody waits for, once nobody is left who could still come to it. */
  function takeStep(): void {
    if (busy > 0 || underWay > 0) return;
    const step = steps.find(({ brought }) => brought.length > 0);
    if (step) void hands.run(undefined, () => take(step));
  }

  async function take(step: Step): Promise<void> {
    const all = step.brought.splice(0);
    underWay += 1;
    const [outcome] = await Promise.allSettled([step.take(all.map(({ item }) => item))]);
    underWay -= 1;
    // All are busy again before the first of them goes on: it might come to the next step before the others do.
    for (const { goOn } of all) goOn();
    for (const [at, { answer }] of all.entries()) {
      const result = outcome.status === 'rejected' ? outcome.reason : outcome.value[at];
      if (outcome.status === 'rejected' || result instanceof Error) answer.reject(result);
      else answer.resolve(result);
    }
    takeStep();
  }

  function leave(name: string): void {
    const next = queues.get(name)!.shift();
    if (!next) queues.delete(name);
    else {
      next.goOn();
      next.begin();
    }
  }

  function together<Item, Result>(step: (items: Item[]) => Promise<(Result | Error)[]>) {
    const brought: Brought[] = [];
    steps.push({ brought, take: step as Step['take'] });
    return (item: Item) => {
      const answer = Promise.withResolvers<unknown>();
      brought.push({ item, answer, ...wait() });
      takeStep();
      return answer.promise as Promise<Result>;
    };
  }

  return {
    async each(items, work) {
      // All count before the first begins: it might come to a step before the others have begun.
      busy += items.length;
      const turns = items.map(async (item) => {
        try {
          await hands.run({ waits: 0 }, () => work(item));
        } finally {
          busy -= 1;
          takeStep();
        }
      });
      const failed = (await Promise.allSettled(turns)).find(({ status }) => status === 'rejected');
      if (failed) throw (failed as PromiseRejectedResult).reason;
    },
    together,
    step(name, take) {
      const known = named.get(name) ?? (together(take) as (item: unknown) => Promise<unknown>);
      named.set(name, known);
      return known as never;
    },
    async alone(name, work) {
      const queue = queues.get(name);
      if (queue) {
        const turn = Promise.withResolvers<void>();
        queue.push({ ...wait(), begin: turn.resolve });
        takeStep();
        await turn.promise;
      } else queues.set(name, []);
      try {
        return await work();
      } finally {
        leave(name);
      }
    },
  };
}

/**
 * A way to take a step for groups of what was brought, by the name that each item gives its group: all groups at once, and
 * what fails for one concerns no other.
 */
export function inGroups<Item, Result>(
  groupOf: (item: Item) => string,
  take: (items: Item[], group: string) => Promise<(Result | Error)[]>,
): (items: Item[]) => Promise<(Result | Error)[]> {
  return async (all) => {
    const results = new Map<Item, Result | Error>();
    const groups = [...Map.groupBy(all, groupOf)].map(async ([group, items]) => {
      const outcome = await take(items, group).catch((error: Error) => items.map(() => error));
      for (const [at, item] of items.entries()) results.set(item, outcome[at]!);
    });
    await Promise.all(groups);
    return all.map((item) => results.get(item)!);
  };
}
