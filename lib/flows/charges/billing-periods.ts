import { periodFor } from '../../core/billing-period.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { BillingPeriod } from '../../core/procore-records.ts';
import type { Workspace } from '../sync/workspace.ts';

/**
 * Whether the project has a billing period for the date, or may be given one: to be asked before anything is written.
 * Throws NeedsPerson('billing-period-missing').
 */
export async function checkBillingPeriod(
  projectId: string,
  date: string | undefined,
  workspace: Workspace,
): Promise<void> {
  if (workspace.connection.settings.billingPeriods === 'create' && date !== undefined) return;
  const { billingPeriods } = await workspace.projectWorld(projectId);
  if (periodFor(date, billingPeriods)) return;
  const { projects } = await workspace.allocationTables();
  const project = projects.find(({ id }) => id === projectId)?.name ?? projectId;
  throw new NeedsPerson('billing-period-missing', { facts: { project, date: date ?? 'none' } });
}

/** The billing period for the date: one that is there, else a new one of its month where the connection makes them. */
export function billingPeriod(
  projectId: string,
  date: string | undefined,
  workspace: Workspace,
): Promise<BillingPeriod> {
  return workspace.crew.alone(`billing periods of ${projectId}`, () =>
    thereOrMade(projectId, date, workspace),
  );
}

async function thereOrMade(
  projectId: string,
  date: string | undefined,
  workspace: Workspace,
): Promise<BillingPeriod> {
  const { billingPeriods } = await workspace.projectWorld(projectId);
  const there = periodFor(date, billingPeriods);
  if (there) return there;
  if (date === undefined) throw new NeedsPerson('date-missing');
  const [start, end] = monthOf(date);
  const period = await workspace.tool.createBillingPeriod(projectId, {
    start,
    end,
    dueDate: end,
    status: 'open',
  });
  billingPeriods.push(period);
  return period;
}

/** First and last day. */
function monthOf(date: string): [string, string] {
  const [year, month] = date.split('-').map(Number) as [number, number];
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return [`${date.slice(0, 7)}-01`, last];
}
