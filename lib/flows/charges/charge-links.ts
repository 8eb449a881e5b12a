import type { ApplicationLink, DirectCostLink } from '../../core/charges/links.ts';
import type { Revised } from '../../store/table.ts';
import type { Deployment } from '../deployment.ts';

/** Everything that stands in Procore of one charge, on whatever orders it may have been billed. */
export async function chargeLinks(
  connectionId: string,
  chargeId: string,
  { charges }: Pick<Deployment, 'charges'>,
): Promise<{ applications: Revised<ApplicationLink>[]; directCosts: Revised<DirectCostLink>[] }> {
  const match = await charges.match(connectionId, chargeId);
  const onOrders = await applicationsOn(connectionId, match?.touched ?? [], { charges });
  const applications = onOrders.filter(({ documentId }) => documentId === chargeId);
  return { applications, directCosts: await charges.directCosts(connectionId, chargeId) };
}

/** What all charges bill on these orders. */
export async function applicationsOn(
  connectionId: string,
  orderIds: string[],
  { charges }: Pick<Deployment, 'charges'>,
): Promise<Revised<ApplicationLink>[]> {
  const ofEach = await Promise.all(orderIds.map((orderId) => charges.applicationsOn(connectionId, orderId)));
  return ofEach.flat();
}
