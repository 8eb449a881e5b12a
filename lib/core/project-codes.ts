import type { ProjectShare } from './allocate.ts';
import type { ErrorDetail } from './errors.ts';
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

/**
 * Resolves a rule's target to Procore ids within a project. Throws NeedsPerson with what may have been meant and the
 * facts `about` the line.
 */
export function resolveTarget(
  target: ProjectShare['lines'][number]['target'],
  project: Project,
  codes: ProjectCodes,
  about: ErrorDetail['facts'] = {},
): CodeTarget {
  const { name } = project;
  if ('wbsCode' in target) {
    const { wbsCode: wanted } = target;
    const found = codes.wbsCodes.find(({ code }) => code === wanted);
    if (found) return { wbsCodeId: found.id };
    throw new NeedsPerson('wbs-code-not-in-project', {
      facts: { ...about, wbsCode: wanted, project: name, ...candidates(wanted, codes.wbsCodes) },
    });
  }
  const leaves = codes.costCodes.filter(({ leaf }) => leaf);
  const costCode = leaves.find(({ code }) => code === target.costCode);
  if (!costCode) {
    throw new NeedsPerson('cost-code-not-in-project', {
      facts: { ...about, costCode: target.costCode, project: name, ...candidates(target.costCode, leaves) },
    });
  }
  const costType = codes.costTypes.find(
    ({ code, name }) => target.costType === code || target.costType === name,
  );
  if (!costType) {
    const known = codes.costTypes.map(({ code, name }) => `${code} (${name})`);
    throw new NeedsPerson('cost-type-unknown', {
      facts: { ...about, costType: target.costType, candidates: known },
    });
  }
  const missing = codes.segments.filter(({ required, type }) => required && type === 'custom');
  if (missing.length > 0) {
    const begun = `${costCode.code}.${costType.code}`;
    throw new NeedsPerson('segment-missing', {
      facts: {
        ...about,
        project: name,
        segments: missing.map((segment) => segment.name),
        target: begun,
        ...candidates(begun, codes.wbsCodes),
      },
    });
  }
  return { costCodeId: costCode.id, costTypeId: costType.id };
}

/** A target in the words that people use: `03-300.M`. Its bare ids where the project no longer has them. */
export function codeText(target: CodeTarget, codes: ProjectCodes): string {
  if ('wbsCodeId' in target) {
    return codes.wbsCodes.find(({ id }) => id === target.wbsCodeId)?.code ?? target.wbsCodeId;
  }
  const costCode = codes.costCodes.find(({ id }) => id === target.costCodeId)?.code ?? target.costCodeId;
  const costType = codes.costTypes.find(({ id }) => id === target.costTypeId)?.code ?? target.costTypeId;
  return `${costCode}.${costType}`;
}

function candidates(wanted: string, known: { code: string }[]): { candidates?: string[] } {
  const near = nearCodes(
    wanted,
    known.map(({ code }) => code),
  );
  return near.length > 0 ? { candidates: near } : {};
}
