import * as z from 'zod/mini';
import type { Money } from '../core/money.ts';
import { ZERO } from '../core/money.ts';
import type { ProjectTool } from '../core/ports.ts';
import { amount, id, optionalText, present } from '../http/fields.ts';
import type { ProcoreApi } from './api.ts';
import { MANY } from './reference.ts';

const viewWire = z.object({ id, name: optionalText });

/** The view's own columns stand beside the documented keys, each under a key that its people gave it. */
const rowWire = z.looseObject({
  id: optionalText,
  wbs_code_id: optionalText,
  cost_code_id: optionalText,
  category_id: optionalText,
  cost_code: optionalText,
  category: optionalText,
});

/** Budgets are read and never written: they are what people agreed on. */
export function budget(api: ProcoreApi): Pick<ProjectTool, 'budgetViews' | 'budgetRows'> {
  return {
    budgetViews: async (projectId) => {
      const query = { project_id: projectId };
      const views = await api.list(
        { path: '/rest/v1.0/budget_views', query, what: 'budget views' },
        viewWire,
      );
      return views.map((view) => ({ id: view.id, name: view.name ?? '' }));
    },
    budgetRows: async (projectId, viewId) => {
      // By default Procore leaves out what was booked on codes that the budget lacks.
      const query = { project_id: projectId, budget_row_type: 'all', ...MANY };
      const path = `/rest/v1.0/budget_views/${viewId}/detail_rows`;
      const rows = await api.list({ path, query, what: 'the budget' }, rowWire);
      return rows.map((row) => ({
        ...present({
          wbsCodeId: row.wbs_code_id,
          costCodeId: row.cost_code_id,
          costTypeId: row.category_id,
        }),
        name: [row.cost_code, row.category].filter(Boolean).join(', '),
        budgeted: row.id !== undefined,
        columns: columnsOf(row),
      }));
    },
  };
}

/** A column is as good as empty where its cell is; what holds no amount is no column of amounts. */
function columnsOf(row: Record<string, unknown>): Record<string, Money> {
  const columns: Record<string, Money> = {};
  for (const [key, cell] of Object.entries(row)) {
    if (cell === null || cell === '') columns[key] = ZERO;
    const read = amount.safeParse(cell);
    if (read.success) columns[key] = read.data;
  }
  return columns;
}
