import { PROJECTS } from '../../lib/flows/mappings/project-csv.ts';
import { RULES } from '../../lib/flows/mappings/rule-csv.ts';
import type { Sheet } from '../../lib/flows/mappings/sheet.ts';

/** A table that people keep in a spreadsheet, and how its commands speak of it. */
export interface SheetCommands {
  name: string;
  description: string;
  file: string;
  columns: string;
  sheet: Sheet;
}

export const SHEETS: SheetCommands[] = [
  {
    name: 'mappings',
    description: 'Rules that give lines their cost codes',
    file: 'rules.csv',
    columns: 'account,item,tracking,project,cost_code,cost_type,wbs_code,leave_out,note',
    sheet: RULES,
  },
  {
    name: 'projects',
    description: 'Which tracking option is which Procore project',
    file: 'projects.csv',
    columns: 'tracking_category,tracking_option,procore_project',
    sheet: PROJECTS,
  },
];
