import type { Trigger, WebhookDesk } from '../../procore/webhooks.ts';
import { wordOf } from './hook-format.ts';

/** Gives the hook the triggers that are wanted and takes away all others. Returns what it has in the end. */
export async function levelTriggers(
  desk: Pick<WebhookDesk, 'triggers' | 'addTriggers' | 'removeTrigger'>,
  hookId: string,
  wanted: Trigger[],
): Promise<string[]> {
  const before = await desk.triggers(hookId);
  const has = new Set(before.map(wordOf));
  const lacking = wanted.filter((trigger) => !has.has(wordOf(trigger)));
  const surplus = before.filter((trigger, index) => {
    const word = wordOf(trigger);
    return (
      !wanted.some((one) => wordOf(one) === word) || before.findIndex((one) => wordOf(one) === word) < index
    );
  });
  if (lacking.length > 0) await desk.addTriggers(hookId, lacking);
  for (const { id } of surplus) await desk.removeTrigger(hookId, id);
  const after = lacking.length + surplus.length > 0 ? await desk.triggers(hookId) : before;
  return after.map(wordOf).toSorted();
}
