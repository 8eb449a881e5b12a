import { change, found } from './people-acts.ts';
import type { Company } from './records.ts';
import { giveUp } from './webhooks/courier.ts';
import { deleteHook } from './webhooks/hooks.ts';
import type { World } from './world.ts';

/** What administrators do on Procore's Webhooks page, whichever app made the hook. */
export interface WebhookPeople {
  /** Switches a hook off: what waits is discarded, and what happens meanwhile is never told. */
  disableHook(hookId: number): void;
  enableHook(hookId: number): void;
  deleteHook(hookId: number): void;
  changeHookUrl(hookId: number, destinationUrl: string): void;
}

export function webhookPeople(world: World, company: Company): WebhookPeople {
  const hookOf = (id: number) => found(company.hooks.get(id), id);
  return {
    disableHook: (id) => {
      change(world, hookOf(id), { status: 'disabled' });
      giveUp(world, hookOf(id));
    },
    enableHook: (id) => change(world, hookOf(id), { status: 'active' }),
    deleteHook: (id) => deleteHook(company, hookOf(id)),
    changeHookUrl: (id, destinationUrl) => change(world, hookOf(id), { destinationUrl }),
  };
}
