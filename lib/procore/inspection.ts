import * as z from 'zod/mini';
import { Stop } from '../core/errors.ts';
import type { ProjectTool } from '../core/ports.ts';
import type { ProcoreOptions } from './api.ts';
import { createProcoreApi } from './api.ts';
import type { Call } from './paging.ts';
import { reference } from './reference.ts';
import { anything } from './wire.ts';

/** A tool of Procore whose permissions the connector needs. */
export type Tool = 'Commitments' | 'Budget' | 'Directory' | 'Webhooks';

/** How a commitment is set for invoices and payments; undefined where Procore does not say. */
export interface Switches {
  invoices: boolean | undefined;
  payments: boolean | undefined;
  /** The subcontractor's own schedule of values, which would have to be approved before anything is billed. */
  subcontractorSov: boolean | undefined;
}

/** Looks at a company as its service account sees it, and changes nothing. Throws RetryLater and Stop. */
export interface Inspection extends Pick<ProjectTool, 'projects'> {
  /** Whether the tool may be read, in a project where it belongs to one. What may be written no reading tells. */
  mayRead(tool: Tool, projectId?: string): Promise<boolean>;
  /** Undefined where the commitment is gone. */
  switches(projectId: string, commitmentId: string): Promise<Switches | undefined>;
}

const flag = z.optional(z.nullable(z.boolean()));
const switchesWire = z.object({
  data: z.object({ allow_payment_applications: flag, allow_payments: flag, enable_ssov: flag }),
});

export function createInspection(options: ProcoreOptions): Inspection {
  const api = createProcoreApi(options);
  const company = `/rest/v2.0/companies/${api.companyId}`;

  const question = (tool: Tool, projectId = ''): Call => {
    const [one, project] = [{ per_page: '1' }, { project_id: projectId }];
    const calls: Record<Tool, Omit<Call, 'what'>> = {
      Commitments: { path: '/rest/v1.0/purchase_order_contracts', query: { ...project, ...one } },
      Budget: { path: '/rest/v1.0/budget_views', query: { ...project, ...one } },
      Directory: {
        path: '/rest/v1.0/vendors',
        query: { company_id: api.companyId, view: 'compact', ...one },
      },
      Webhooks: { path: `${company}/webhooks/hooks`, query: one },
    };
    return { ...calls[tool], what: tool };
  };

  return {
    projects: reference(api).projects,
    mayRead: async (tool, projectId) => {
      try {
        return (await api.one(question(tool, projectId), anything)) !== undefined;
      } catch (error) {
        if (error instanceof Stop && error.code === 'procore-forbidden') return false;
        throw error;
      }
    },
    switches: async (projectId, commitmentId) => {
      const path = `${company}/projects/${projectId}/commitment_contracts/${commitmentId}`;
      const contract = await api.one({ path, what: 'invoicing on the commitment' }, switchesWire);
      if (!contract) return undefined;
      const { allow_payment_applications, allow_payments, enable_ssov } = contract.data;
      return {
        invoices: allow_payment_applications ?? undefined,
        payments: allow_payments ?? undefined,
        subcontractorSov: enable_ssov ?? undefined,
      };
    },
  };
}
