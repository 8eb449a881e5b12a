import { invalid } from './errors.ts';
import type { WbsCode } from './records.ts';
import type { ProjectCall } from './route.ts';
import { findOrMakeWbsCode, isLeaf } from './wbs-codes.ts';

interface Coding {
  wbs_code_id?: number | null | undefined;
  cost_code_id?: number | null | undefined;
  line_item_type_id?: number | null | undefined;
}

/**
 * The WBS code that a line is booked on: named itself, or by cost code and cost type. Undefined where nothing is named.
 * Throws a 422 for codes of other projects, headings, inactive codes, and where a custom segment is required.
 */
export function resolveCoding(call: ProjectCall<unknown>, coding: Coding): WbsCode | undefined {
  if (coding.wbs_code_id) return activeWbsCode(call, coding.wbs_code_id);
  if (!coding.cost_code_id && !coding.line_item_type_id) return undefined;
  const { world, company, project } = call;
  if (!coding.cost_code_id) throw invalid({ cost_code_id: ["can't be blank"] });
  if (!coding.line_item_type_id) throw invalid({ line_item_type_id: ["can't be blank"] });
  checkCostCode(call, coding.cost_code_id);
  if (!company.costTypes.has(coding.line_item_type_id)) throw invalid({ line_item_type_id: ['is invalid'] });
  const demanded = project.segments.filter((segment) => segment.type === 'custom' && segment.required);
  if (demanded.length > 0) {
    throw invalid({
      wbs_code_id: [`must name ${demanded.map((segment) => segment.name).join(', ')} as well`],
    });
  }
  return findOrMakeWbsCode(world, project, {
    costCodeId: coding.cost_code_id,
    costTypeId: coding.line_item_type_id,
    customItemIds: [],
  });
}

function activeWbsCode({ project }: ProjectCall<unknown>, id: number): WbsCode {
  const code = project.wbsCodes.get(id);
  if (code === undefined) throw invalid({ wbs_code_id: ['must belong to the project'] });
  if (!code.active) throw invalid({ wbs_code_id: ['is not active'] });
  return code;
}

function checkCostCode({ project }: ProjectCall<unknown>, id: number): void {
  if (!project.costCodes.has(id)) throw invalid({ cost_code_id: ['must belong to the project'] });
  if (!isLeaf(project, id)) throw invalid({ cost_code_id: ['is a heading and cannot be used'] });
}
