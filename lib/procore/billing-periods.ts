import type * as z from 'zod/mini';
import type { ProjectTool } from '../core/ports.ts';
import type { BillingPeriod } from '../core/procore-records.ts';
import { present } from '../http/fields.ts';
import type { ProcoreApi } from './api.ts';
import { MANY } from './reference.ts';
import { billingPeriodWire } from './wire.ts';

export function billingPeriods(api: ProcoreApi): Pick<ProjectTool, 'billingPeriods' | 'createBillingPeriod'> {
  const path = (projectId: string) => `/rest/v1.0/projects/${projectId}/billing_periods`;

  return {
    billingPeriods: async (projectId) => {
      const call = { path: path(projectId), query: MANY, what: 'billing periods' };
      return (await api.list(call, billingPeriodWire)).map(toBillingPeriod);
    },
    createBillingPeriod: async (projectId, { start, end, dueDate, status }) => {
      const billing_period = { start_date: start, end_date: end, due_date: dueDate, status };
      const call = { path: path(projectId), body: { billing_period }, what: `billing period ${start}` };
      return toBillingPeriod(await api.post(call, billingPeriodWire));
    },
  };
}

function toBillingPeriod(wire: z.infer<typeof billingPeriodWire>): BillingPeriod {
  return present({
    id: wire.id,
    start: wire.start_date,
    end: wire.end_date,
    dueDate: wire.due_date,
    status: wire.status === 'open' ? ('open' as const) : ('closed' as const),
  });
}
