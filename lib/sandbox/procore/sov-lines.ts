import * as z from 'zod';
import { contractOf } from './contract-writes.ts';
import { notFound } from './errors.ts';
import { id } from './fields.ts';
import { lineFields } from './line-fields.ts';
import { lineView } from './line-view.ts';
import { createLine, deleteLine, updateLine } from './line-writes.ts';
import type { Contract, Line } from './records.ts';
import type { ProjectCall, Route } from './route.ts';
import { projectRoute } from './route.ts';
import { sync, updatesBody } from './sync.ts';

const PATH = '/rest/v1.0/purchase_order_contracts/{purchase_order_contract_id}/line_items';

const body = z.object({ project_id: id, line_item: lineFields });
const syncFields = lineFields.extend({ id: id.nullish() });

export const sovLineRoutes: Route[] = [
  projectRoute({
    method: 'GET',
    path: PATH,
    project: 'query',
    query: ['filters[id]', 'filters[created_at]', 'filters[updated_at]', 'filters[cost_code_id]', 'view'],
    pages: 'v1',
    handle: (call) => listed(call).map((line) => view(call, contractIn(call), line)),
  }),
  projectRoute({
    method: 'POST',
    path: PATH,
    project: 'body',
    body,
    handle: (call) => {
      const contract = contractIn(call);
      return view(call, contract, createLine(call, contract, call.body.line_item));
    },
  }),
  projectRoute({
    method: 'PATCH',
    path: `${PATH}/sync`,
    project: 'query',
    body: updatesBody,
    documented: z.object({ updates: z.array(syncFields) }),
    handle: (call) => {
      const contract = contractIn(call);
      return sync(call, call.body.updates, {
        fields: syncFields,
        find: (wanted) => contract.lines.find((line) => line.id === wanted),
        findByOrigin: (originId) => contract.lines.find((line) => line.origin_id === originId),
        create: ({ id: _, ...fields }) => createLine(call, contract, fields),
        update: (line, fields) => updateLine(call, contract, line, fields),
        view: (line) => view(call, contract, line),
      });
    },
  }),
  projectRoute({
    method: 'PATCH',
    path: `${PATH}/{id}`,
    project: 'body',
    body,
    handle: (call) => {
      const contract = contractIn(call);
      return view(call, contract, updateLine(call, contract, lineIn(call, contract), call.body.line_item));
    },
  }),
  projectRoute({
    method: 'DELETE',
    path: `${PATH}/{id}`,
    project: 'query',
    handle: (call) => {
      const contract = contractIn(call);
      deleteLine(call, contract, lineIn(call, contract));
    },
  }),
];

function listed(call: ProjectCall): Line[] {
  const { query, project } = call;
  const ids = query.ids('id');
  const costCode = query.filter('cost_code_id');
  return contractIn(call).lines.filter(
    (line) =>
      (ids?.has(line.id) ?? true) &&
      (costCode === undefined || project.wbsCodes.get(line.wbs_code_id)!.costCodeId === Number(costCode)) &&
      query.inRange('created_at', line.created_at) &&
      query.inRange('updated_at', line.updated_at),
  );
}

function contractIn(call: ProjectCall<unknown>): Contract {
  return contractOf(call, call.id('purchase_order_contract_id'));
}

function lineIn(call: ProjectCall<unknown>, contract: Contract): Line {
  const line = contract.lines.find((one) => one.id === call.id('id'));
  if (line === undefined) throw notFound('Line item');
  return line;
}

function view(call: ProjectCall<unknown>, contract: Contract, line: Line) {
  return lineView(call, contract, line, contract.lines.indexOf(line));
}
