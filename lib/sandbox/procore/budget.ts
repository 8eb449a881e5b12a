import { STANDARD_COLUMNS } from './budget-figures.ts';
import { detailRows, summaryRows } from './budget-rows.ts';
import { notFound } from './errors.ts';
import { asBudgetsShow } from './late-budget.ts';
import type { ProjectCall, Route } from './route.ts';
import { projectRoute } from './route.ts';

const VIEWS = '/rest/v1.0/budget_views';

/** Every company of the sandbox has Procore's standard view and no other. */
const STANDARD_VIEW = 6_000_000_000;

const FILTERS = ['budget_row_type', 'cost_code_id', 'category_id', 'budget_line_item_id'];

export const budgetRoutes: Route[] = [
  projectRoute({
    method: 'GET',
    path: VIEWS,
    project: 'query',
    pages: 'v1',
    handle: ({ project }) => [
      {
        id: STANDARD_VIEW,
        name: 'Procore Standard Budget',
        description: '',
        role: 'project',
        created_at: project.created_at,
        updated_at: project.updated_at,
        links: {
          detail_rows: `${VIEWS}/${STANDARD_VIEW}/detail_rows?project_id=${project.id}`,
          summary_rows: `${VIEWS}/${STANDARD_VIEW}/summary_rows?project_id=${project.id}`,
        },
      },
    ],
  }),
  projectRoute({
    method: 'GET',
    path: `${VIEWS}/{budget_view_id}/detail_rows`,
    project: 'query',
    query: FILTERS,
    pages: 'v1',
    handle: (call) => inView(call) && detailRows(asShown(call)),
  }),
  projectRoute({
    method: 'GET',
    path: `${VIEWS}/{budget_view_id}/summary_rows`,
    project: 'query',
    query: [...FILTERS, 'group_by'],
    pages: 'v1',
    handle: (call) => inView(call) && summaryRows(asShown(call)),
  }),
  projectRoute({
    method: 'GET',
    path: `${VIEWS}/{budget_view_id}/budget_detail_columns`,
    project: 'query',
    handle: (call) =>
      inView(call) &&
      STANDARD_COLUMNS.map((name, index) => ({
        id: String(index + 1),
        name,
        position: index + 1,
        type: 'standard',
        aggregatable: true,
        filterable: false,
        groupable: false,
      })),
  }),
];

function asShown(call: ProjectCall): ProjectCall {
  return { ...call, project: asBudgetsShow(call.world, call.project) };
}

function inView(call: ProjectCall): true {
  if (call.id('budget_view_id') !== STANDARD_VIEW) throw notFound('Budget view');
  return true;
}
