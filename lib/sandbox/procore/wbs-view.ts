import type { Segment, WbsCode } from './records.ts';
import type { ProjectCall } from './route.ts';
import { flatCode, flatName, isLeaf } from './wbs-codes.ts';

export function wbsCodeView(call: ProjectCall<unknown>, code: WbsCode) {
  const { company, project } = call;
  const chosen = new Set([
    project.costCodes.get(code.costCodeId)!.segmentItemId,
    company.costTypes.get(code.costTypeId)!.segmentItemId,
    ...code.customItemIds,
  ]);
  const items = project.segments.flatMap((segment) => segmentItems(call, segment));
  return {
    id: code.id,
    flat_code: flatCode(company, project, code),
    flat_name: flatName(company, project, code),
    description: code.description ?? '',
    status: code.active ? 'active' : 'inactive',
    segment_items: items.filter((item) => chosen.has(item.id)),
    created_at: code.created_at,
    updated_at: code.updated_at,
  };
}

export function segmentView(call: ProjectCall<unknown>, segment: Segment, index: number) {
  const { items, ...fields } = segment;
  return {
    ...fields,
    position: index + 1,
    delimiter: '-',
    segment_items_count: rawItems(call, segment).length,
    structure: segment.type === 'cost_code' ? 'tiered' : 'flat',
    tiered: segment.type === 'cost_code',
  };
}

/** The items of a segment. Those of cost codes and cost types have ids of their own. */
export function segmentItems(call: ProjectCall<unknown>, segment: Segment) {
  const { id, name, type, required, created_at, updated_at } = segment;
  return rawItems(call, segment).map((item) => ({
    id: item.id,
    code: item.code,
    name: item.name,
    path_code: item.code,
    path_codes: [item.code],
    path_ids: [item.id],
    path_names: [item.name],
    is_parent: item.isParent,
    status: 'active',
    segment: { id, name, type, required },
    created_at,
    updated_at,
  }));
}

function rawItems({ company, project }: ProjectCall<unknown>, segment: Segment) {
  if (segment.type === 'cost_code') {
    return [...project.costCodes.values()].map((code) => ({
      id: code.segmentItemId,
      code: code.full_code,
      name: code.name,
      isParent: !isLeaf(project, code.id),
    }));
  }
  if (segment.type === 'line_item_type') {
    return [...company.costTypes.values()].map((type) => ({
      ...type,
      id: type.segmentItemId,
      isParent: false,
    }));
  }
  return segment.items.map((item) => ({ ...item, isParent: false }));
}
