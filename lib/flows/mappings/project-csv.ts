import type { ProjectRule } from '../../core/rules/rule.ts';
import { rowKey } from '../../core/rules/table-diff.ts';
import { readCsv, writeCsv } from './csv-table.ts';
import type { Sheet } from './sheet.ts';

const COLUMNS = ['tracking_category', 'tracking_option', 'procore_project'] as const;

/** Which tracking option is which Procore project. */
export const PROJECTS: Sheet<ProjectRule> = {
  table: 'projects',
  parse: (csv, problems) =>
    readCsv(csv, COLUMNS, problems).map(({ row, cells }) => {
      for (const column of COLUMNS) if (cells[column] === '') problems.add(row, column, 'is empty');
      const { tracking_category: category, tracking_option: option, procore_project: project } = cells;
      return { row, value: { category, option, project } };
    }),
  judge(rows, problems) {
    const seen = new Map<string, number>();
    for (const { row, value } of rows) {
      const first = seen.get(rowKey(value));
      if (first === undefined) seen.set(rowKey(value), row);
      else problems.add(row, 'tracking_option', `row ${first} is about the same option`);
    }
  },
  format: (rows) =>
    writeCsv(
      COLUMNS,
      rows.map(({ category, option, project }) => ({
        tracking_category: category,
        tracking_option: option,
        procore_project: project,
      })),
    ),
  column: {
    account: '',
    item: '',
    option: 'tracking_option',
    project: 'procore_project',
  },
};
