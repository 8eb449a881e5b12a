import { Hono } from 'hono';
import type { Books } from './books.ts';
import type { Faults } from './faults.ts';
import type { Gate } from './gate.ts';
import { callerOf, connectionsOf, throughLimits } from './gate.ts';
import type { Wired } from './mishaps.ts';
import { faulty } from './mishaps.ts';
import { notFound } from './refusals.ts';

/** What an access token may see: calls without a tenant, on the app's own limit alone. */
export function connectionRoutes(gate: Gate & { faults: Faults }, books: Map<string, Books>) {
  const routes = new Hono<Wired>();
  routes.use(async (c, next) => throughLimits(c, gate, callerOf(c, gate).app, undefined, next));
  routes.use(faulty(gate.faults));

  routes.get('/', (c) => {
    const event = c.req.query('authEventId');
    const seen = connectionsOf(callerOf(c, gate), gate)
      .filter(({ authEventId }) => event === undefined || authEventId === event)
      .filter(
        ({ personId, tenantId }) =>
          gate.unverified.lostAccessIsListed || gate.people.mayUse(personId, tenantId),
      );
    return c.json(
      seen.map(({ id, tenantId, authEventId, createdAt, updatedAt }) => ({
        id,
        authEventId,
        tenantId,
        tenantType: 'ORGANISATION',
        tenantName: books.get(tenantId)?.name ?? '',
        createdDateUtc: withoutZone(createdAt),
        updatedDateUtc: withoutZone(updatedAt),
      })),
    );
  });

  routes.delete('/:id', (c) => {
    const own = connectionsOf(callerOf(c, gate), gate).find(({ id }) => id === c.req.param('id'));
    if (!own) throw notFound();
    gate.apps.removeConnection(own.id);
    return c.body(null, 204);
  });
  return routes;
}

/** `2019-12-07T18:46:19.5160000`, as the real one has it. */
const withoutZone = (instant: Date): string => instant.toISOString().replace('Z', '0000');
