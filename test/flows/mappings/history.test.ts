import { describe, expect, it } from '@jest/globals';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import { addProject } from '../../../lib/flows/mappings/add-rows.ts';
import { changesOfVersion, historyOfTable, undo } from '../../../lib/flows/mappings/history.ts';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import { verify } from '../../../lib/store/audit.ts';
import type { Offline } from './offline.ts';
import { eachTestOffline } from './offline.ts';

const HEADER = 'account,item,tracking,project,cost_code,cost_type,wbs_code,leave_out,note';

let clock: Offline['clock'];
let deployment: Offline['deployment'];
eachTestOffline((offline) => {
  ({ clock, deployment } = offline);
});

async function imported(by: string, ...rows: string[]) {
  clock.advance(60_000);
  return importMappings('acme', [HEADER, ...rows].join('\n'), deployment, { by, how: 'import' });
}
const accounts = async () =>
  (await deployment.tables.read('acme', 'cost-codes')).rows.map(
    (row) => (row as { account: string }).account,
  );

describe('the history of a table', () => {
  it('tells who changed it, when, how and by how much, the latest first', async () => {
    expect(await historyOfTable('acme', 'cost-codes', deployment)).toEqual([]);
    await imported('maria', '5000,,,,03-300,M,,,', '5100,,,,05-100,S,,,');
    await imported('jo', '5000,,,,03-300,E,,,', '5200,,,,05-100,S,,,');
    clock.advance(60_000);
    await undo('acme', 'cost-codes', undefined, { by: 'maria' }, deployment);
    expect(await historyOfTable('acme', 'cost-codes', deployment)).toEqual([
      {
        version: 3,
        at: '2026-11-22T09:03:00.000Z',
        by: 'maria',
        how: 'undo to 1',
        rows: 2,
        added: 1,
        removed: 1,
        changed: 1,
      },
      {
        version: 2,
        at: '2026-11-22T09:02:00.000Z',
        by: 'jo',
        how: 'import',
        rows: 2,
        added: 1,
        removed: 1,
        changed: 1,
      },
      {
        version: 1,
        at: '2026-11-22T09:01:00.000Z',
        by: 'maria',
        how: 'import',
        rows: 2,
        added: 2,
        removed: 0,
        changed: 0,
      },
    ]);
    expect(await historyOfTable('acme', 'projects', deployment)).toEqual([]);
  });

  it('shows of each version what it changed, row by row', async () => {
    await imported('maria', '5000,,,,03-300,M,,,');
    await imported('jo', '5000,,,,03-300,E,,,', '5200,,,,05-100,S,,,');
    expect(await changesOfVersion('acme', 'cost-codes', 2, deployment)).toEqual([
      { what: 'changed', before: '5000 / * / * / * → 03-300 M', after: '5000 / * / * / * → 03-300 E' },
      { what: 'added', after: '5200 / * / * / * → 05-100 S' },
    ]);
    expect(await changesOfVersion('acme', 'cost-codes', 1, deployment)).toMatchObject([{ what: 'added' }]);
    await expect(changesOfVersion('acme', 'cost-codes', 3, deployment)).rejects.toMatchObject({
      code: 'table-version-unknown',
      facts: { table: 'cost-codes', version: 3 },
    });
  });

  it('is told in the trail of the connection as well', async () => {
    await imported('maria', '5000,,,,03-300,M,,,');
    await importProjects('acme', 'tracking_category,tracking_option,procore_project\n', deployment);
    await addProject(
      'acme',
      { category: 'Job', option: 'Oak', project: '1047' },
      { by: 'jo', how: 'resolve PO-7' },
      deployment,
    );
    const trail = await historyOfConnection(deployment, 'acme');
    expect(trail.map(({ event, detail }) => [event, detail])).toEqual([
      [
        'mappings-changed',
        { table: 'cost-codes', version: 1, by: 'maria', how: 'import', rows: 1, changes: '1 added' },
      ],
      [
        'mappings-changed',
        {
          table: 'projects',
          version: 1,
          by: 'command line',
          how: 'import',
          rows: 0,
          changes: 'nothing changed',
        },
      ],
      [
        'mappings-changed',
        { table: 'projects', version: 2, by: 'jo', how: 'resolve PO-7', rows: 1, changes: '1 added' },
      ],
    ]);
    expect(verify(trail)).toBeUndefined();
  });

  it('ends 400 days after a version was replaced', async () => {
    await imported('maria', '5000,,,,03-300,M,,,');
    await imported('jo', '5100,,,,03-300,M,,,');
    clock.advance(399 * 86_400_000);
    expect(await historyOfTable('acme', 'cost-codes', deployment)).toHaveLength(2);
    clock.advance(2 * 86_400_000);
    // DynamoDB may take days to remove what has run out.
    expect(await historyOfTable('acme', 'cost-codes', deployment)).toMatchObject([{ version: 2 }]);
    await expect(undo('acme', 'cost-codes', 1, {}, deployment)).rejects.toMatchObject({
      code: 'table-version-unknown',
    });
  });
});

describe('an undo', () => {
  it('puts the rows before the last change in force, and done twice, those again', async () => {
    await imported('maria', '5000,,,,03-300,M,,,');
    await imported('maria', '5100,,,,03-300,M,,,');
    expect(await undo('acme', 'cost-codes', undefined, {}, deployment)).toMatchObject({
      version: 3,
      rows: 1,
    });
    expect(await accounts()).toEqual(['5000']);
    await undo('acme', 'cost-codes', undefined, {}, deployment);
    expect(await accounts()).toEqual(['5100']);
  });

  it('takes any version that is named, and that before the first import', async () => {
    for (const account of ['5000', '5100', '5200']) await imported('maria', `${account},,,,03-300,M,,,`);
    await undo('acme', 'cost-codes', 1, {}, deployment);
    expect(await accounts()).toEqual(['5000']);
    await undo('acme', 'cost-codes', 0, {}, deployment);
    expect(await accounts()).toEqual([]);
  });

  it('is refused where nothing was imported yet, or no such version was', async () => {
    for (const version of [undefined, 7]) {
      await expect(undo('acme', 'cost-codes', version, {}, deployment)).rejects.toMatchObject({
        name: 'BadInput',
        code: 'table-version-unknown',
      });
    }
  });

  it('that meets an import leaves one of the two in force and tells the other', async () => {
    await imported('maria', '5000,,,,03-300,M,,,');
    const outcomes = await Promise.allSettled([
      undo('acme', 'cost-codes', 0, {}, deployment),
      importMappings('acme', `${HEADER}\n5100,,,,03-300,M,,,`, deployment),
    ]);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost.map(({ reason }) => reason.code)).toEqual(['import-overtaken']);
    expect(await historyOfTable('acme', 'cost-codes', deployment)).toHaveLength(2);
  });
});
