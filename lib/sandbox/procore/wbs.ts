import * as z from 'zod';
import { invalid, notFound } from './errors.ts';
import { id, text } from './fields.ts';
import type { Segment, WbsCode } from './records.ts';
import type { ProjectCall, Route } from './route.ts';
import { projectRoute } from './route.ts';
import { findOrMakeWbsCode, flatCode, isLeaf } from './wbs-codes.ts';
import { segmentItems, segmentView, wbsCodeView } from './wbs-view.ts';

const PATH = '/rest/v1.0/projects/{project_id}/work_breakdown_structure';

const body = z.object({
  description: text.nullish(),
  segment_items: z.array(z.object({ segment_id: id, segment_item_id: id }), { error: 'is missing' }),
});

export const wbsRoutes: Route[] = [
  projectRoute({
    method: 'GET',
    path: `${PATH}/wbs_codes`,
    project: 'path',
    query: ['query', 'filters[status]', 'filters[updated_at]', 'scope'],
    pages: 'v1',
    handle: (call) => listed(call).map((code) => wbsCodeView(call, code)),
  }),
  projectRoute({
    method: 'POST',
    path: `${PATH}/wbs_codes`,
    project: 'path',
    body,
    handle: (call) => wbsCodeView(call, upsert(call, call.body)),
  }),
  projectRoute({
    method: 'GET',
    path: `${PATH}/segments`,
    project: 'path',
    handle: (call) => call.project.segments.map((segment, index) => segmentView(call, segment, index)),
  }),
  projectRoute({
    method: 'GET',
    path: `${PATH}/segments/{segment_id}/segment_items`,
    project: 'path',
    query: ['legacy_cost_code_id'],
    pages: 'v1',
    handle: (call) => {
      const segment = call.project.segments.find((one) => one.id === call.id('segment_id'));
      if (segment === undefined) throw notFound('Segment');
      const legacy = call.query.get('legacy_cost_code_id');
      const itemId =
        legacy === undefined ? undefined : call.project.costCodes.get(Number(legacy))?.segmentItemId;
      const items = segmentItems(call, segment);
      return legacy === undefined ? items : items.filter((item) => item.id === itemId);
    },
  }),
];

function listed(call: ProjectCall): WbsCode[] {
  const { company, project, query } = call;
  const statuses = query.list('filters[status]');
  const search = query.get('query')?.toLowerCase() ?? '';
  return [...project.wbsCodes.values()].filter(
    (code) =>
      (statuses.length === 0 || statuses.includes(code.active ? 'active' : 'inactive')) &&
      flatCode(company, project, code).toLowerCase().includes(search) &&
      query.inRange('updated_at', code.updated_at),
  );
}

/** An existing combination takes the description sent; a new one comes to be. */
function upsert(call: ProjectCall<unknown>, sent: z.output<typeof body>): WbsCode {
  const { world, project, company } = call;
  const chosen = new Map(sent.segment_items.map((item) => [item.segment_id, item.segment_item_id]));
  for (const segment of project.segments) checkSegment(call, segment, chosen.get(segment.id));
  const itemOf = (type: Segment['type']) => chosen.get(project.segments.find((one) => one.type === type)!.id);
  const costCode = [...project.costCodes.values()].find((one) => one.segmentItemId === itemOf('cost_code'))!;
  const costType = [...company.costTypes.values()].find(
    (one) => one.segmentItemId === itemOf('line_item_type'),
  )!;
  if (!isLeaf(project, costCode.id)) throw invalid({ segment_items: ['cost code is a heading'] });
  const custom = project.segments.filter((segment) => segment.type === 'custom');
  const code = findOrMakeWbsCode(world, project, {
    costCodeId: costCode.id,
    costTypeId: costType.id,
    customItemIds: custom.flatMap((segment) => chosen.get(segment.id) ?? []),
  });
  code.description = sent.description ?? code.description;
  code.updated_at = world.now();
  return code;
}

function checkSegment(call: ProjectCall<unknown>, segment: Segment, itemId: number | undefined): void {
  if (itemId === undefined && segment.required)
    throw invalid({ segment_items: [`${segment.name} is missing`] });
  const known = itemId === undefined || segmentItems(call, segment).some((item) => item.id === itemId);
  if (!known) throw invalid({ segment_items: [`${segment.name} has no such item`] });
}
