import * as z from 'zod/mini';
import type { ProjectTool } from '../core/ports.ts';
import type { CostCode } from '../core/procore-records.ts';
import { id, present } from '../http/fields.ts';
import type { ProcoreApi } from './api.ts';
import { costCodeWire, costTypeWire, named, projectWire, taxCodeWire } from './wire.ts';

/** Fewer calls for long lists; Procore's documents advise not to go beyond 2,000. */
export const MANY = { per_page: '1000' };

/** The most that Procore gives of tax codes in one call; of units of measure no limit is documented. */
const HUNDRED = { per_page: '100' };

type Reference =
  | 'projects'
  | 'permittedProjects'
  | 'costCodes'
  | 'costTypes'
  | 'unitsOfMeasure'
  | 'taxCodes'
  | 'budgetViews';

/** What commitments are coded with. */
export function reference(api: ProcoreApi): Pick<ProjectTool, Reference> {
  return {
    projects: async () => {
      const query = { company_id: api.companyId, 'filters[by_status]': 'All', per_page: '300' };
      const all = await api.list({ path: '/rest/v1.1/projects', query, what: 'projects' }, projectWire);
      return all.map(({ id, name, project_number, active }) => ({
        ...present({ id, name, number: project_number }),
        active: active !== false,
      }));
    },
    permittedProjects: async () => {
      const query = { company_id: api.companyId, 'filters[by_status]': 'All', view: 'ids', per_page: '300' };
      const projects = await api.list(
        { path: '/rest/v1.1/projects', query, what: 'permitted projects' },
        z.object({ id }),
      );
      return new Set(projects.map((project) => project.id));
    },
    costCodes: async (projectId) => {
      const query = { project_id: projectId, ...MANY };
      return withLeaves(
        await api.list({ path: '/rest/v1.0/cost_codes', query, what: 'cost codes' }, costCodeWire),
      );
    },
    costTypes: async () => {
      const query = { company_id: api.companyId, ...MANY };
      const types = await api.list(
        { path: '/rest/v1.0/line_item_types', query, what: 'cost types' },
        costTypeWire,
      );
      return types.map(({ id, code = '', name = '' }) => ({ id, code, name }));
    },
    unitsOfMeasure: () => {
      const path = `/rest/v1.0/companies/${api.companyId}/uoms`;
      return api.list({ path, query: HUNDRED, what: 'units of measure' }, named);
    },
    taxCodes: async () => {
      const query = { company_id: api.companyId, ...HUNDRED };
      const codes = await api.list({ path: '/rest/v1.0/tax_codes', query, what: 'tax codes' }, taxCodeWire);
      return codes.map(({ id, code = '', archived }) => ({ id, code, archived: archived === true }));
    },
    budgetViews: (projectId) => {
      const query = { project_id: projectId, ...MANY };
      return api.list({ path: '/rest/v1.0/budget_views', query, what: 'budget views' }, named);
    },
  };
}

/** A code that is the parent of another is a heading. */
function withLeaves(codes: z.infer<typeof costCodeWire>[]): CostCode[] {
  const headings = new Set(codes.map((code) => code.parent));
  return codes.map(({ id, full_code, name = '' }) => ({
    id,
    code: full_code,
    name,
    leaf: !headings.has(id),
  }));
}
