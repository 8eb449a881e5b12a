import * as z from 'zod';
import { directCostFields } from './direct-cost-fields.ts';
import { directCostView } from './direct-cost-view.ts';
import { createDirectCost, updateDirectCost } from './direct-cost-writes.ts';
import { id } from './fields.ts';
import type { Route } from './route.ts';
import { projectRoute } from './route.ts';
import { sync, updatesBody } from './sync.ts';

const syncFields = directCostFields.extend({ id: id.nullish() });

export const directCostRoutes: Route[] = [
  projectRoute({
    method: 'GET',
    path: '/rest/v1.1/projects/{project_id}/direct_costs',
    project: 'path',
    query: ['filters[id]'],
    pages: 'v1',
    handle: (call) => {
      const ids = call.query.ids('id');
      const costs = [...call.project.directCosts.values()].filter((cost) => ids?.has(cost.id) ?? true);
      return costs.map((cost) => directCostView(call, cost));
    },
  }),
  projectRoute({
    method: 'POST',
    path: '/rest/v1.1/projects/{project_id}/direct_costs',
    project: 'path',
    body: z.object({ direct_cost: directCostFields }),
    handle: (call) => directCostView(call, createDirectCost(call, call.body.direct_cost)),
  }),
  projectRoute({
    method: 'PATCH',
    path: '/rest/v1.0/projects/{project_id}/direct_costs/sync',
    project: 'path',
    body: updatesBody,
    documented: z.object({ updates: z.array(syncFields) }),
    handle: (call) =>
      sync(call, call.body.updates, {
        fields: syncFields,
        find: (wanted) => call.project.directCosts.get(wanted),
        findByOrigin: (originId) =>
          [...call.project.directCosts.values()].find((cost) => cost.origin_id === originId),
        create: ({ id: _, ...fields }) => createDirectCost(call, fields),
        update: (cost, { id: _, ...fields }) => updateDirectCost(call, cost, fields),
        view: (cost) => directCostView(call, cost),
      }),
  }),
];
