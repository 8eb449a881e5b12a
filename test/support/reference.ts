import type { ListName } from '../../lib/core/reference-lists.ts';
import { historyOfConnection } from '../../lib/flows/connections/connection-trail.ts';
import { refreshEverything } from '../../lib/flows/reference/refresh-everything.ts';
import type { Refreshed, RefreshOptions } from '../../lib/flows/reference/refresh-list.ts';
import { refreshList } from '../../lib/flows/reference/refresh-list.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import { categoryId, optionId } from '../../lib/sandbox/seed/xero-lines.ts';
import type { TrackingCategoryDraft } from '../../lib/sandbox/xero/reference-records.ts';
import type { Scene } from './scene.ts';
import { connectionOf } from './scene.ts';

/** Reads one list as if a webhook had told of it. */
export async function refreshed(
  scene: Scene,
  list: ListName,
  options: Partial<RefreshOptions> = {},
): Promise<Refreshed> {
  return refreshList(scene.deployment, await connectionOf(scene), list, { told: true, ...options });
}

export async function refreshAll(scene: Scene) {
  const { deployment, connectionId } = scene;
  return refreshEverything(deployment, (await deployment.connections.get(connectionId))!);
}

/** What the connection's trail tells of changed reference data, one entry to a change. */
export async function toldChanges({ deployment, connectionId }: Scene) {
  const history = await historyOfConnection(deployment, connectionId);
  return history.filter(({ event }) => event === 'reference-changed').map(({ detail }) => detail);
}

/** Somebody changes one option of a tracking category in Xero. */
export function changeOption(
  { demo }: Pick<Scene, 'demo'>,
  category: string,
  option: string,
  change: Partial<TrackingCategoryDraft['Options'][number]>,
): void {
  const { trackingCategories } = demo.xero.organisations.get(CONTRACTOR.tenantId)!;
  const { TrackingCategoryID, Options } = trackingCategories.get(categoryId(category))!;
  demo.xero.saveTrackingCategory(CONTRACTOR.tenantId, {
    TrackingCategoryID,
    Options: Options.map((one) =>
      one.TrackingOptionID === optionId(category, option) ? { ...one, ...change } : one,
    ),
  });
}
