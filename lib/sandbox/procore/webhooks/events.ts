import type { Company } from '../records.ts';
import type { World } from '../world.ts';
import type { WebhookEvent } from './records.ts';
import { ulid } from './ulid.ts';

/** What has to be said of an event; the rest is made up for it. */
export type Told = Pick<WebhookEvent, 'type' | 'resource' | 'resourceId'> & Partial<WebhookEvent>;

/** An event that happens now. */
export function newEvent(world: World, company: Company, told: Told): WebhookEvent {
  const id = told.id ?? world.nextId();
  return {
    id,
    ulid: ulid(world.clock.now().getTime(), id),
    timestamp: world.now().replace('Z', '000Z'),
    companyId: company.id,
    projectId: null,
    userId: world.userId(`people of ${company.id}`),
    applicationId: null,
    related: [],
    ...told,
  };
}
