import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { exportProjects, importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import { PROJECTS_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import { testClock } from '../../support/clock.ts';
import type { TestCloud } from '../../support/world.ts';
import { startTestCloud, testDeployment } from '../../support/world.ts';

const HEADER = 'tracking_category,tracking_option,procore_project';

let cloud: TestCloud;
let deployment: Deployment;

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());
beforeEach(async () => {
  const nowhere = { xeroUrl: 'http://xero.invalid', procoreUrl: 'http://procore.invalid' };
  deployment = await testDeployment(cloud, testClock('2026-11-22T09:00:00.000Z'), nowhere);
});

describe('the projects table', () => {
  it('is imported as the planner reads it', async () => {
    expect(await importProjects('acme', PROJECTS_CSV, deployment)).toEqual({
      rows: 3,
      version: 1,
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
    expect(await exportProjects('acme', deployment)).toEqual({ csv: PROJECTS_CSV, rows: 3, version: 1 });
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
