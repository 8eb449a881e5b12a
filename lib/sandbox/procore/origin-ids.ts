import { invalid } from './errors.ts';
import type { Company } from './records.ts';
import type { World } from './world.ts';

/**
 * Gives a record its origin_id, taking the earlier one from it; undefined changes nothing, null only takes.
 * Throws a 422 where another record holds it: once per company, or per type where the rules say so.
 */
export function claimOriginId(
  world: World,
  company: Company,
  type: string,
  id: number,
  originId: string | null | undefined,
  earlier?: string | null,
): void {
  if (originId === undefined || originId === earlier) return;
  if (originId !== null) checkOriginId(world, company, type, id, originId);
  releaseOriginId(world, company, type, earlier);
  if (originId !== null) company.originIds.set(keyOf(world, type, originId), id);
}

/** Throws a 422 where another record holds the origin_id. */
export function checkOriginId(
  world: World,
  company: Company,
  type: string,
  id: number | undefined,
  originId: string,
) {
  const holder = company.originIds.get(keyOf(world, type, originId));
  if (holder !== undefined && holder !== id) throw invalid({ origin_id: ['has already been taken'] });
}

/** Frees the origin_id of a record that is gone. */
export function releaseOriginId(
  world: World,
  company: Company,
  type: string,
  originId?: string | null,
): void {
  if (originId) company.originIds.delete(keyOf(world, type, originId));
}

function keyOf(world: World, type: string, originId: string): string {
  return world.rules.originIdScope === 'company' ? originId : `${type} ${originId}`;
}
