import * as z from 'zod';
import { invalid, notFound } from './errors.ts';
import { date, oneOf } from './fields.ts';
import type { BillingPeriod, Project } from './records.ts';
import type { ProjectCall, Route } from './route.ts';
import { projectRoute } from './route.ts';
import { stamps } from './world.ts';

const PATH = '/rest/v1.0/projects/{project_id}/billing_periods';
const STATUSES = ['open', 'closed'] as const;

const fields = z.object({ start_date: date, end_date: date, due_date: date, status: oneOf(STATUSES) });
const body = z.object({ billing_period: fields });

type Fields = z.output<typeof fields>;

export const billingPeriodRoutes: Route[] = [
  projectRoute({
    method: 'GET',
    path: PATH,
    project: 'path',
    query: ['filters[id]', 'filters[status]', 'filters[created_at]', 'filters[updated_at]'],
    pages: 'v1',
    handle: (call) => listed(call).map((period) => view(call.project, period)),
  }),
  projectRoute({
    method: 'POST',
    path: PATH,
    project: 'path',
    body,
    handle: (call) => {
      check(call, undefined, call.body.billing_period);
      const period = { id: call.world.nextId(), ...call.body.billing_period, ...stamps(call.world) };
      call.project.periods.set(period.id, period);
      return view(call.project, period);
    },
  }),
  projectRoute({
    method: 'GET',
    path: `${PATH}/{id}`,
    project: 'path',
    handle: (call) => view(call.project, periodIn(call)),
  }),
  projectRoute({
    method: 'PATCH',
    path: `${PATH}/{id}`,
    project: 'path',
    body,
    handle: (call) => {
      const period = periodIn(call);
      check(call, period, call.body.billing_period);
      Object.assign(period, call.body.billing_period, { updated_at: call.world.now() });
      return view(call.project, period);
    },
  }),
  projectRoute({
    method: 'DELETE',
    path: `${PATH}/{id}`,
    project: 'path',
    handle: ({ project, ...call }) => {
      const period = periodIn({ project, ...call });
      const used = [...project.requisitions.values()].some((one) => one.period_id === period.id);
      if (used) throw invalid({ base: ['Billing period has invoices and cannot be deleted'] });
      project.periods.delete(period.id);
    },
  }),
];

function listed({ project, query }: ProjectCall): BillingPeriod[] {
  const ids = query.ids('id');
  const status = query.word('status', STATUSES);
  return inOrder(project).filter(
    (period) =>
      (ids?.has(period.id) ?? true) &&
      (status === undefined || period.status === status) &&
      query.inRange('created_at', period.created_at) &&
      query.inRange('updated_at', period.updated_at),
  );
}

/** One period of a project is open: opening another closes it, or is refused, as the rules say. */
function check(
  { world, project }: ProjectCall<unknown>,
  period: BillingPeriod | undefined,
  wanted: Fields,
): void {
  if (wanted.end_date < wanted.start_date) throw invalid({ end_date: ['must be after the start date'] });
  const others = [...project.periods.values()].filter((one) => one !== period);
  const overlap = others.some(
    (one) => one.start_date <= wanted.end_date && wanted.start_date <= one.end_date,
  );
  if (overlap && !world.rules.periodsMayOverlap) throw invalid({ base: ['Billing periods cannot overlap'] });
  if (wanted.status === 'closed') return;
  const open = others.filter((one) => one.status === 'open');
  if (open.length > 0 && world.rules.secondOpenPeriod === 'refused') {
    throw invalid({ status: ['another billing period is open'] });
  }
  for (const one of open) Object.assign(one, { status: 'closed', updated_at: world.now() });
}

function periodIn(call: ProjectCall<unknown>): BillingPeriod {
  const period = call.project.periods.get(call.id('id'));
  if (period === undefined) throw notFound('Billing period');
  return period;
}

function inOrder(project: Project): BillingPeriod[] {
  return [...project.periods.values()].sort((a, b) => a.start_date.localeCompare(b.start_date));
}

function view(project: Project, period: BillingPeriod) {
  return { ...period, project_id: project.id, position: inOrder(project).indexOf(period) + 1 };
}
