import type { Company, Project, WbsCode } from './records.ts';
import type { World } from './world.ts';
import { stamps } from './world.ts';

export type Combination = Pick<WbsCode, 'costCodeId' | 'costTypeId' | 'customItemIds'>;

/** The project's WBS code for a combination of segment items; a new one comes to be where there is none. */
export function findOrMakeWbsCode(world: World, project: Project, wanted: Combination): WbsCode {
  const existing = [...project.wbsCodes.values()].find((code) => same(code, wanted));
  if (existing !== undefined) return existing;
  const code: WbsCode = { ...wanted, id: world.nextId(), description: null, active: true, ...stamps(world) };
  project.wbsCodes.set(code.id, code);
  return code;
}

/** `03-300.M`, with the items of custom segments after it. */
export function flatCode(company: Company, project: Project, code: WbsCode): string {
  return parts(company, project, code)
    .map((part) => part.code)
    .join('.');
}

export function flatName(company: Company, project: Project, code: WbsCode): string {
  return parts(company, project, code)
    .map((part) => part.name)
    .join('.');
}

/** How a WBS code shows on lines and items. */
export function wbsReference(company: Company, project: Project, id: number) {
  const code = project.wbsCodes.get(id)!;
  return {
    id,
    flat_code: flatCode(company, project, code),
    description: code.description ?? flatName(company, project, code),
  };
}

/** A cost code with children is a heading: nothing is booked on it. */
export function isLeaf(project: Project, costCodeId: number): boolean {
  return ![...project.costCodes.values()].some((code) => code.parentId === costCodeId);
}

function parts(company: Company, project: Project, code: WbsCode) {
  const costCode = project.costCodes.get(code.costCodeId)!;
  const costType = company.costTypes.get(code.costTypeId)!;
  const custom = project.segments.flatMap((segment) =>
    segment.items.filter((item) => code.customItemIds.includes(item.id)),
  );
  return [{ code: costCode.full_code, name: costCode.name }, costType, ...custom];
}

function same(one: Combination, other: Combination): boolean {
  const key = (code: Combination) =>
    [code.costCodeId, code.costTypeId, ...[...code.customItemIds].sort((a, b) => a - b)].join();
  return key(one) === key(other);
}
