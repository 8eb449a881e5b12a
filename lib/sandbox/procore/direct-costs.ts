import * as z from 'zod';
import {
  changedDirectCostFields,
  directCostLineFields,
  newDirectCostFields,
  syncedDirectCostFields,
} from './direct-cost-fields.ts';
import { createLine, deleteLine, holderOf, updateLine } from './direct-cost-lines.ts';
import {
  directCostLineView,
  directCostView,
  listedDirectCost,
  syncedDirectCost,
} from './direct-cost-view.ts';
import { createDirectCost, deleteDirectCost, directCostIn, updateDirectCost } from './direct-cost-writes.ts';
import type { DirectCostLine } from './records.ts';
import type { ProjectCall, Route } from './route.ts';
import { projectRoute } from './route.ts';
import { sync, updatesBody } from './sync.ts';

const PATH = '/rest/v1.1/projects/{project_id}/direct_costs';
const OLDER = '/rest/v1.0/projects/{project_id}/direct_costs';

/** Xero's counterparts of bills without an order. Lines come and go by endpoints of their own. */
export const directCostRoutes: Route[] = [
  projectRoute({
    method: 'GET',
    path: PATH,
    project: 'path',
    query: ['filters[id]', 'filters[origin_id]', 'filters[invoice_number]'],
    pages: 'v1',
    handle: (call) => {
      const { query, project } = call;
      const ids = query.ids('id');
      const [origin, number] = [query.filter('origin_id'), query.filter('invoice_number')];
      return [...project.directCosts.values()]
        .filter(
          (cost) =>
            (ids?.has(cost.id) ?? true) &&
            (origin === undefined || cost.origin_id === origin) &&
            (number === undefined || cost.invoice_number === number),
        )
        .map((cost) => listedDirectCost(call, cost));
    },
  }),
  projectRoute({
    method: 'POST',
    path: PATH,
    project: 'path',
    body: z.object({ direct_cost: newDirectCostFields }),
    handle: (call) => directCostView(call, createDirectCost(call, call.body.direct_cost)),
  }),
  projectRoute({
    method: 'GET',
    path: `${PATH}/{id}`,
    project: 'path',
    handle: (call) => directCostView(call, directCostIn(call)),
  }),
  projectRoute({
    method: 'PATCH',
    path: `${PATH}/{id}`,
    project: 'path',
    body: z.object({ direct_cost: changedDirectCostFields }),
    handle: (call) => directCostView(call, updateDirectCost(call, directCostIn(call), call.body.direct_cost)),
  }),
  projectRoute({
    method: 'DELETE',
    path: `${PATH}/{id}`,
    project: 'path',
    handle: (call) => {
      const cost = directCostIn(call);
      deleteDirectCost(call, cost);
      return { id: cost.id };
    },
  }),
  projectRoute({
    method: 'PATCH',
    path: `${OLDER}/sync`,
    project: 'path',
    body: updatesBody,
    documented: z.object({ updates: z.array(syncedDirectCostFields) }),
    handle: (call) =>
      sync(call, call.body.updates, {
        fields: syncedDirectCostFields,
        find: (wanted) => call.project.directCosts.get(wanted),
        findByOrigin: (originId) =>
          [...call.project.directCosts.values()].find((cost) => cost.origin_id === originId),
        create: ({ id: _, ...fields }) => createDirectCost(call, fields),
        update: (cost, { id: _, ...fields }) => updateDirectCost(call, cost, fields),
        view: (cost) => syncedDirectCost(call, cost),
      }),
  }),
  projectRoute({
    method: 'GET',
    path: `${OLDER}/line_items`,
    project: 'path',
    query: ['filters[id]', 'filters[direct_cost_id]'],
    pages: 'v1',
    handle: (call) => {
      const [ids, holders] = [call.query.ids('id'), call.query.ids('direct_cost_id')];
      return [...call.project.directCosts.values()]
        .filter((cost) => holders?.has(cost.id) ?? true)
        .flatMap((cost) => cost.lines.map((line) => directCostLineView(call, cost, line)))
        .filter((line) => ids?.has(line.id) ?? true);
    },
  }),
  projectRoute({
    method: 'PATCH',
    path: `${OLDER}/line_items/sync`,
    project: 'path',
    body: updatesBody,
    documented: z.object({ updates: z.array(directCostLineFields) }),
    handle: (call) =>
      sync(call, call.body.updates, {
        fields: directCostLineFields,
        find: (wanted) => linesOf(call).find((line) => line.id === wanted),
        findByOrigin: (originId) => linesOf(call).find((line) => line.origin_id === originId),
        create: ({ id: _, ...fields }) => createLine(call, fields),
        update: (line, fields) => updateLine(call, line, fields),
        view: (line) => directCostLineView(call, holderOf(call, line), line),
      }),
  }),
  projectRoute({
    method: 'DELETE',
    path: `${OLDER}/{direct_cost_id}/line_items/{id}`,
    project: 'path',
    handle: (call) => deleteLine(call, directCostIn(call, 'direct_cost_id'), call.id('id')),
  }),
];

function linesOf({ project }: ProjectCall<unknown>): DirectCostLine[] {
  return [...project.directCosts.values()].flatMap((cost) => cost.lines);
}
