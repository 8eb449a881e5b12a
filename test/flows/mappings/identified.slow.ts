import { beforeEach, describe, expect, it } from '@jest/globals';
import { addRule } from '../../../lib/flows/mappings/add-rows.ts';
import { exportTable } from '../../../lib/flows/mappings/export-table.ts';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import { PROJECTS } from '../../../lib/flows/mappings/project-csv.ts';
import { RULES } from '../../../lib/flows/mappings/rule-csv.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import { guid } from '../../../lib/sandbox/seed/identity.ts';
import { PROJECTS as JOBS } from '../../../lib/sandbox/seed/projects.ts';
import { categoryId, optionId } from '../../../lib/sandbox/seed/xero-lines.ts';
import { accountId } from '../../../lib/sandbox/seed/xero-reference.ts';
import { documentOf, enterOrder, lump, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes } from '../../support/scene.ts';

const HEADER = RULES_CSV.split('\n')[0]!;
const { tenantId } = CONTRACTOR;

const openScene = scenes();
let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});

const rules = (...rows: string[]) =>
  importMappings(scene.connectionId, [HEADER, ...rows].join('\n'), scene.deployment);
const projects = (...rows: string[]) =>
  importProjects(
    scene.connectionId,
    ['tracking_category,tracking_option,procore_project', ...rows].join('\n'),
    scene.deployment,
  );
const stored = async (table: 'cost-codes' | 'projects') =>
  (await scene.deployment.tables.read(scene.connectionId, table)).rows as { ids?: object }[];
const exported = async () => (await exportTable(RULES, scene.connectionId, scene.deployment)).csv;
const exportedProjects = async () => (await exportTable(PROJECTS, scene.connectionId, scene.deployment)).csv;

const people = () => scene.demo.procore.people(CONTRACTOR.procoreCompanyId);
const recode = (from: string, to: string) =>
  scene.demo.xero.saveAccount(tenantId, { AccountID: accountId(from), Code: to });

describe('an import', () => {
  it('stores what the vendors call by id whatever the rows name', async () => {
    expect((await rules('5100,FRT,cost area=Steel,1042,05-100,S,,,')).warnings).toEqual([]);
    expect(await stored('cost-codes')).toEqual([
      {
        account: '5100',
        item: 'FRT',
        tracking: { category: 'cost area', option: 'Steel' },
        project: '1042',
        target: { costCode: '05-100', costType: 'S' },
        ids: {
          account: accountId('5100'),
          item: guid('item', 'FRT'),
          option: optionId('Cost Area', 'Steel'),
          project: String(JOBS.riverside.id),
        },
      },
    ]);
    await projects('Project,Oak Street Apts,oak street apartments');
    expect(await stored('projects')).toMatchObject([
      { ids: { option: optionId('Project', 'Oak Street Apts'), project: String(JOBS.oak.id) } },
    ]);
  });

  it("finds everything of the contractor's own tables", async () => {
    const again = (csv: string, take: typeof importMappings) =>
      take(scene.connectionId, csv, scene.deployment);
    expect(await again(RULES_CSV, importMappings)).toMatchObject({ rows: 27, warnings: [] });
    expect(await again(PROJECTS_CSV, importProjects)).toMatchObject({ rows: 3, warnings: [] });
    expect((await stored('cost-codes')).filter(({ ids }) => !ids)).toEqual([]);
  });

  it('takes what nobody knows all the same, and warns with row and column', async () => {
    const { warnings, rows } = await rules(
      '5999,,,,03-300,M,,,',
      '5000,TIM-2X4,,,06-100,M,,,',
      '5000,NONE-*,,,06-100,M,,,',
      '5100,,Cost Area=Roofing,,07-500,S,,,',
      '5200,,,Harbor Point,01-540,E,,,',
    );
    expect(rows).toBe(5);
    expect(warnings).toEqual([
      { row: 2, column: 'account', says: 'Xero has no account 5999; near it: 5900' },
      {
        row: 3,
        column: 'item',
        says: expect.stringMatching(/^Xero has no item TIM-2X4; near it: TIM-2x4/),
      },
      { row: 4, column: 'item', says: 'Xero has no item that begins with NONE-' },
      { row: 5, column: 'tracking', says: 'Xero has no tracking option Cost Area=Roofing' },
      { row: 6, column: 'project', says: 'Procore shows no project Harbor Point' },
    ]);
    expect((await projects('Project,Nowhere,1042', 'Project,Oak Street Apts,9999')).warnings).toEqual([
      { row: 2, column: 'tracking_option', says: 'Xero has no tracking option Project=Nowhere' },
      { row: 3, column: 'procore_project', says: 'Procore shows no project 9999' },
    ]);
  });

  it('warns of a project that may be one of several, and takes an id for the one that it is', async () => {
    people().renameProject(JOBS.oak.id, JOBS.cedar.name);
    const { warnings } = await projects(`Project,Cedar Elementary,${JOBS.cedar.name}`);
    expect(warnings).toEqual([
      {
        row: 2,
        column: 'procore_project',
        says: `${JOBS.cedar.name} may be any of 1047 ${JOBS.cedar.name} (${JOBS.oak.id}), 1051 ${JOBS.cedar.name} (${JOBS.cedar.id})`,
      },
    ]);
    expect((await projects(`Project,Cedar Elementary,${JOBS.cedar.id}`)).warnings).toEqual([]);
  });

  it('refuses two texts for one project as one project', async () => {
    await expect(
      rules('5100,,,1047,03-300,S,,,', '5100,,,Oak Street Apartments,05-100,S,,,'),
    ).rejects.toMatchObject({
      code: 'csv-invalid',
      facts: { rows: [expect.stringMatching(/^row 3, column account: row 2 is about the same/)] },
    });
  });

  it('works without a vendor that does not answer, says so, and keeps the ids that were known', async () => {
    await rules('5100,,,1042,05-100,S,,,');
    scene.demo.xero.faults.add({ path: /api.xro/, do: 'answer', status: 503, when: 'before' });
    const { warnings } = await rules('5100,,,1042,05-100,S,,,', '5200,,,1042,01-540,E,,,');
    expect(warnings).toEqual([
      {
        says: expect.stringMatching(
          /^Xero could not be asked: .*What the rows name was taken at its word\.$/,
        ),
      },
    ]);
    const project = String(JOBS.riverside.id);
    expect(await stored('cost-codes')).toMatchObject([
      { ids: { account: accountId('5100'), project } },
      { ids: { project } },
    ]);
  });

  it('of a broken connection asks nobody', async () => {
    const connection = await connectionOf(scene);
    const { connections } = scene.deployment;
    const { revision } = (await connections.get(scene.connectionId))!;
    await connections.update({ ...connection, revision, state: 'broken', code: 'xero-consent-lost' });
    const calls = scene.demo.xero.calls.total();
    expect((await rules('5100,,,,05-100,S,,,')).warnings).toEqual([
      { says: expect.stringContaining('Neither Xero nor Procore was asked') },
    ]);
    expect(scene.demo.xero.calls.total()).toBe(calls);
  });
});

describe('an export', () => {
  it('shows an account, an item and an option by what they are called now', async () => {
    await rules('5100,FRT,Cost Area=Steel,,05-100,S,,,kept', '5200,,,,01-540,E,,,');
    recode('5100', '5105');
    scene.demo.xero.saveItem(tenantId, { ItemID: guid('item', 'FRT'), Code: 'FREIGHT' });
    scene.demo.xero.saveTrackingCategory(tenantId, {
      TrackingCategoryID: categoryId('Cost Area'),
      Name: 'Trade',
      Options: [{ TrackingOptionID: optionId('Cost Area', 'Steel'), Name: 'Metals' }],
    });
    expect(await exported()).toBe(
      `${HEADER}\n5105,FREIGHT,Trade=Metals,,05-100,S,,,kept\n5200,,,,01-540,E,,,\n`,
    );
  });

  it('keeps what the person wrote of a project as long as that names it, and no other', async () => {
    await projects('Project,Oak Street Apts,oak street APARTMENTS', 'Project,Riverside Medical,1042');
    people().renameProject(JOBS.riverside.id, 'Riverside, phase 2');
    expect(await exportedProjects()).toMatch(/oak street APARTMENTS\n.*,1042\n$/);
    people().renameProject(JOBS.oak.id, 'Oak Street Lofts');
    expect(await exportedProjects()).toContain('Oak Street Apts,1047\n');
    people().renameProject(JOBS.riverside.id, 'Oak Street Apartments');
    expect(await exportedProjects()).toContain('Oak Street Apts,1047\n');
  });

  it('imported again, exports the same bytes, whatever was renamed in between', async () => {
    recode('5300', '5301');
    const first = await exported();
    expect(first).toContain('\n5301,,,,01-410,O,,,\n');
    await importMappings(scene.connectionId, first, scene.deployment);
    expect(await exported()).toBe(first);
  });

  it('leaves files that are older than a change of code as good as before', async () => {
    recode('5300', '5301');
    expect(await importMappings(scene.connectionId, RULES_CSV, scene.deployment)).toMatchObject({
      warnings: [],
    });
    expect(await exported()).toContain('\n5301,,,,01-410,O,,,\n');
  });

  it("gives back the contractor's own files to the byte, but for the stars that may be left out", async () => {
    expect(await exported()).toBe(RULES_CSV.replaceAll('*,*,*', ',,'));
    expect(await exportedProjects()).toBe(PROJECTS_CSV);
  });
});

describe('rows with ids', () => {
  it('book a line of an account that was recoded, and not one of an account that took over its code', async () => {
    await rules('5100,,,,05-100,S,,,');
    recode('5100', '5105');
    scene.demo.xero.saveAccount(tenantId, { Code: '5100', Name: 'Something else', Type: 'DIRECTCOSTS' });
    const meant = enterOrder(scene, { LineItems: [lump('5100', 'Erect', 100)] });
    await sync(scene, meant);
    expect(await documentOf(scene, meant)).toMatchObject({ state: 'parked', code: 'account-unmapped' });
  });
});

describe('one rule more', () => {
  const target = { costCode: '05-100', costType: 'S' };
  const add = (rule: Parameters<typeof addRule>[1]) =>
    addRule(scene.connectionId, rule, { by: 'maria', how: 'resolve PO-1230' }, scene.deployment);

  it('stands behind the others with its ids, and one with the same keys takes its place', async () => {
    await rules('5000,TIM-*,,1047,06-110,M,,,', '5200,,,,01-540,E,,,');
    expect(await add({ account: '5900', target, note: 'split' })).toMatchObject({
      rows: 3,
      changes: { added: 1, removed: 0, changed: 0 },
      warnings: [],
    });
    // The same keys, though the project is written another way.
    const instead = { account: '5000', item: 'TIM-*', project: 'Oak Street Apartments', target };
    expect(await add(instead)).toMatchObject({ rows: 3, changes: { added: 0, removed: 0, changed: 1 } });
    expect(await exported()).toBe(
      `${HEADER}\n5000,TIM-*,,Oak Street Apartments,05-100,S,,,\n5200,,,,01-540,E,,,\n5900,,,,05-100,S,,,split\n`,
    );
    expect((await stored('cost-codes')).at(-1)).toMatchObject({ ids: { account: accountId('5900') } });
  });

  it('is refused where it would tie, with both rules', async () => {
    await rules('5100,,Cost Area=Steel,,05-100,M,,,');
    await expect(add({ account: '5100', project: '1042', target })).rejects.toMatchObject({
      code: 'rules-tie',
      facts: { rules: ['5100 / * / * / 1042', '5100 / * / Cost Area=Steel / *'] },
    });
    await expect(add({ account: '', target })).resolves.toMatchObject({ rows: 2 });
    await expect(add({ account: '5300', target: { ...target, costType: '' } })).rejects.toMatchObject({
      code: 'csv-invalid',
    });
  });

  it('replaces the rule of an account that was recoded since', async () => {
    await rules('5100,,,,05-100,M,,,');
    recode('5100', '5105');
    await add({ account: '5105', target });
    expect(await exported()).toBe(`${HEADER}\n5105,,,,05-100,S,,,\n`);
  });

  it('is not lost where several people add theirs at the same time', async () => {
    await rules();
    await Promise.all(['5000', '5100', '5200', '5300'].map((account) => add({ account, target })));
    expect((await stored('cost-codes')).length).toBe(4);
  });
});
