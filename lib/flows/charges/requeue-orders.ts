import { queueAgain } from '../requeue.ts';
import type { Workspace } from '../sync/workspace.ts';

/** What a charge bills, or no longer bills, may let an order go on: one that is to leave a project, or wants its draft back. */
export async function requeueOrders(
  orderIds: string[],
  { deployment, connection }: Workspace,
): Promise<void> {
  const records = await Promise.all(orderIds.map((id) => deployment.documents.get(connection.id, id)));
  await queueAgain(
    records.filter((record) => record !== undefined),
    deployment,
  );
}
