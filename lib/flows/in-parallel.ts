/** Does the work for every item, so many at a time. Throws the first failure once all that had begun have ended. */
export async function inParallel<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = [...items].values();
  const takeTurns = async () => {
    for (const item of waiting) await work(item);
  };
  const turns = await Promise.allSettled(Array.from({ length: atOnce }, takeTurns));
  const failed = turns.find((turn) => turn.status === 'rejected');
  if (failed) throw failed.reason;
}
