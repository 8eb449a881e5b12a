import type { ProjectShare } from './allocate.ts';
import { NeedsPerson } from './errors.ts';
import type { CodeTarget, CostCode, CostType, Project, WbsCode } from './procore-records.ts';

/** The codes of one project that lines can be booked on. */
export interface ProjectCodes {
  costCodes: CostCode[];
  costTypes: CostType[];
  wbsCodes: WbsCode[];
}

/** Resolves a rule's target to Procore ids within a project. Throws NeedsPerson. */
export function resolveTarget(
  target: ProjectShare['lines'][number]['target'],
  project: Project,
  codes: ProjectCodes,
): CodeTarget {
  if ('wbsCode' in target) {
    const wbsCode = codes.wbsCodes.find((candidate) => candidate.code === target.wbsCode);
    if (!wbsCode) {
      throw new NeedsPerson('wbs-code-not-in-project', {
        facts: { wbsCode: target.wbsCode, project: project.name },
      });
    }
    return { wbsCodeId: wbsCode.id };
  }
  const costCode = codes.costCodes.find((candidate) => candidate.leaf && candidate.code === target.costCode);
  if (!costCode) {
    throw new NeedsPerson('cost-code-not-in-project', {
      facts: { costCode: target.costCode, project: project.name },
    });
  }
  const costType = codes.costTypes.find(
    ({ code, name }) => target.costType === code || target.costType === name,
  );
  if (!costType) throw new NeedsPerson('cost-type-unknown', { facts: { costType: target.costType } });
  return { costCodeId: costCode.id, costTypeId: costType.id };
}
