import { describe, expect, it } from '@jest/globals';
import { exportTable } from '../../../lib/flows/mappings/export-table.ts';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import { PROJECTS } from '../../../lib/flows/mappings/project-csv.ts';
import { PROJECTS_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import type { Offline } from './offline.ts';
import { eachTestOffline, UNASKED } from './offline.ts';

const HEADER = 'tracking_category,tracking_option,procore_project';

let deployment: Offline['deployment'];
eachTestOffline((offline) => {
  ({ deployment } = offline);
});

describe('the projects table', () => {
  it('is imported as the planner reads it', async () => {
    expect(await importProjects('acme', PROJECTS_CSV, deployment)).toEqual({
      rows: 3,
      version: 1,
      changes: { added: 3, removed: 0, changed: 0 },
      warnings: [UNASKED],
      requeued: 0,
    });
    expect((await deployment.tables.read('acme', 'projects')).rows).toEqual([
      { category: 'Project', option: 'Riverside Medical', project: '1042' },
      { category: 'Project', option: 'Oak Street Apts', project: 'Oak Street Apartments' },
      { category: 'Project', option: 'Cedar Elementary', project: '1051' },
    ]);
  });

  it('is exported as it was imported', async () => {
    await importProjects('acme', PROJECTS_CSV, deployment);
    expect(await exportTable(PROJECTS, 'acme', deployment)).toEqual({
      csv: PROJECTS_CSV,
      rows: 3,
      version: 1,
      warnings: [],
    });
  });

  it.each([
    ['Project,Riverside,\n', ['row 2, column procore_project: is empty']],
    [
      'Project,Oak,1047\nproject,OAK,1042\n',
      ['row 3, column tracking_option: row 2 is about the same option'],
    ],
  ])('refuses %j and imports nothing', async (rows, problems) => {
    await expect(importProjects('acme', `${HEADER}\n${rows}`, deployment)).rejects.toMatchObject({
      code: 'csv-invalid',
      facts: { rows: problems },
    });
    expect(await deployment.tables.read('acme', 'projects')).toEqual({ version: 0, rows: [] });
  });
});
