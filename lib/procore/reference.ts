import * as z from 'zod/mini';
import type { ProjectTool } from '../core/ports.ts';
import type { CostCode } from '../core/procore-records.ts';
import { id, present } from '../http/fields.ts';
import type { ProcoreApi } from './api.ts';
import { costCodeWire, costTypeWire, projectWire } from './wire.ts';

/** Fewer calls for long lists; Procore's documents advise not to go beyond 2,000. */
export const MANY = { per_page: '1000' };

type Reference = 'projects' | 'permittedProjects' | 'costCodes' | 'costTypes';

/** What commitments are coded with. */
export function reference(api: ProcoreApi): Pick<ProjectTool, Reference> {
  return {
    projects: async () => {
      const query = { company_id: api.companyId, 'filters[by_status]': 'Active', per_page: '300' };
      const projects = await api.list({ path: '/rest/v1.1/projects', query, what: 'projects' }, projectWire);
      return projects.map(({ id, name, project_number }) => present({ id, name, number: project_number }));
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
