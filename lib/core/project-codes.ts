import type { ProjectShare } from './allocate.ts';
import { NeedsPerson } from './errors.ts';
import { nearCodes } from './near-codes.ts';
import type { CodeTarget, CostCode, CostType, Project, Segment, WbsCode } from './procore-records.ts';

/** The codes of one project that lines can be booked on. */
export interface ProjectCodes {
  costCodes: CostCode[];
  costTypes: CostType[];
  wbsCodes: WbsCode[];
  /** What the project's WBS codes are made of. */
  segments: Segment[];
}

/** Resolves a rule's target to Procore ids within a project. Throws NeedsPerson with what may have been meant. */
export function resolveTarget(
  target: ProjectShare['lines'][number]['target'],
  project: Project,
  codes: ProjectCodes,
): CodeTarget {
  const { name } = project;
  if ('wbsCode' in target) {
    const { wbsCode: wanted } = target;
    const found = codes.wbsCodes.find(({ code }) => code === wanted);
    if (found) return { wbsCodeId: found.id };
    throw new NeedsPerson('wbs-code-not-in-project', {
      facts: { wbsCode: wanted, project: name, ...candidates(wanted, codes.wbsCodes) },
    });
  }
  const leaves = codes.costCodes.filter(({ leaf }) => leaf);
  const costCode = leaves.find(({ code }) => code === target.costCode);
  if (!costCode) {
    throw new NeedsPerson('cost-code-not-in-project', {
      facts: { costCode: target.costCode, project: name, ...candidates(target.costCode, leaves) },
    });
  }
  const costType = codes.costTypes.find(
    ({ code, name }) => target.costType === code || target.costType === name,
  );
  if (!costType) {
    const known = codes.costTypes.map(({ code, name }) => `${code} (${name})`);
    throw new NeedsPerson('cost-type-unknown', { facts: { costType: target.costType, candidates: known } });
  }
  const missing = codes.segments.filter(({ required, type }) => required && type === 'custom');
  if (missing.length > 0) {
    const begun = `${costCode.code}.${costType.code}`;
    throw new NeedsPerson('segment-missing', {
      facts: {
        project: name,
        segments: missing.map((segment) => segment.name),
        target: begun,
        ...candidates(begun, codes.wbsCodes),
      },
    });
  }
  return { costCodeId: costCode.id, costTypeId: costType.id };
}

function candidates(wanted: string, known: { code: string }[]): { candidates?: string[] } {
  const near = nearCodes(
    wanted,
    known.map(({ code }) => code),
  );
  return near.length > 0 ? { candidates: near } : {};
}
