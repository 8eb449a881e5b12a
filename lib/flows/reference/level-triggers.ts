import type { Trigger, WebhookDesk } from '../../procore/webhooks.ts';
import { wordOf } from './hook-format.ts';

/** Gives the hook the triggers that are wanted and takes away all others. Returns how many it has in the end. */
export async function levelTriggers(
  desk: Pick<WebhookDesk, 'triggers' | 'addTriggers' | 'removeTrigger'>,
  hookId: string,
  wanted: Trigger[],
): Promise<number> {
  const before = await desk.triggers(hookId);
  const words = before.map(wordOf);
  const lacking = wanted.filter((trigger) => !words.includes(wordOf(trigger)));
  const surplus = before.filter((trigger, index) => {
    const word = wordOf(trigger);
    return !wanted.some((one) => wordOf(one) === word) || words.indexOf(word) < index;
  });
  if (lacking.length > 0) await desk.addTriggers(hookId, lacking);
  for (const { id } of surplus) await desk.removeTrigger(hookId, id);
  return lacking.length + surplus.length > 0 ? (await desk.triggers(hookId)).length : before.length;
}
