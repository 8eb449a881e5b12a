import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import { about } from '../../support/examined.ts';
import { enterOrder, goods, lump } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes } from '../../support/scene.ts';

const openScene = scenes();
let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
/** The tables as they were when the connection was made. */
afterEach(async () => {
  await rules(RULES_CSV);
  await projects(PROJECTS_CSV);
});

const rules = (csv: string) => importMappings(scene.connectionId, csv, scene.deployment);
const projects = (csv: string) => importProjects(scene.connectionId, csv, scene.deployment);
const NO_RULES = RULES_CSV.split('\n')[0]!;
const NO_PROJECTS = PROJECTS_CSV.split('\n')[0]!;
const orders = () => scene.demo.xero.organisations.get(CONTRACTOR.tenantId)!.purchaseOrders;

async function withDefaultProject(defaultProject: string, look: () => Promise<void>): Promise<void> {
  const { connections } = scene.deployment;
  const live = (await connections.get(scene.connectionId))!;
  const { revision } = await connections.update({ ...live, settings: { ...live.settings, defaultProject } });
  await look();
  await connections.update({ ...live, revision });
}

describe('the tables that people import', () => {
  it('are counted', async () => {
    expect(await about(scene, 'cost code rules')).toMatchObject({
      level: 'ok',
      says: '27 rules for the cost codes of lines.',
    });
    expect(await about(scene, 'projects table')).toMatchObject({
      level: 'ok',
      says: '3 tracking options with a project of Procore.',
    });
  });

  it('were never imported: every order would be parked', async () => {
    await rules(NO_RULES);
    await projects(NO_PROJECTS);
    expect(await about(scene, 'cost code rules')).toMatchObject({
      ok: false,
      fix: expect.stringContaining('mappings import'),
    });
    expect(await about(scene, 'projects table')).toMatchObject({
      ok: false,
      fix: expect.stringContaining('projects import'),
    });
  });

  it('may lack projects where a default takes all lines', async () => {
    await projects(NO_PROJECTS);
    await withDefaultProject('1042', async () => {
      expect(await about(scene, 'projects table')).toMatchObject({
        level: 'warning',
        says: 'No tracking option has a project; every line goes to 1042.',
      });
    });
  });
});

describe('what the mappings cover', () => {
  // Xero allows so many looks a minute.
  beforeEach(() => scene.clock.advance(60_000));

  it('is told in lines, with what lacks a rule and the commands that mend it', async () => {
    const finding = await about(scene, 'mapping coverage');
    expect(finding).toMatchObject({
      level: 'warning',
      ok: true,
      says: expect.stringMatching(
        /^102 of 104 lines of the latest \d+ orders in Xero get a project and a cost code by the tables\. What lacks: Project=Harbor Point Garage \(no project\): 1 line and account 5900 \(no rule\): 1 line\.$/,
      ),
      fix: expect.stringMatching(/projects import.*mappings import.*mappings coverage/),
    });
  });

  it('is everything once the rules are there', async () => {
    await rules(`${RULES_CSV.trim()}\n5900,,,,01-410,O,,,\n`);
    await projects(`${PROJECTS_CSV.trim()}\nProject,Harbor Point Garage,1051\n`);
    const finding = await about(scene, 'mapping coverage');
    expect(finding).toMatchObject({ level: 'ok', says: expect.stringMatching(/^104 of 104 lines/) });
    expect(finding.fix).toBeUndefined();
  });

  it('is nothing without tables, which is a problem', async () => {
    await rules(NO_RULES);
    expect(await about(scene, 'mapping coverage')).toMatchObject({
      level: 'problem',
      ok: false,
      says: expect.stringMatching(/^0 of 104 lines/),
    });
  });

  it('names what lacks most first, and of many the ten that matter most', async () => {
    // An account that has rules lacks them item by item.
    await rules(`${NO_RULES}\n5000,TIM-*,,,06-100,M,,,\n`);
    const { says } = await about(scene, 'mapping coverage');
    expect(says).toContain('account 5000 with item STL-W12 (no rule): 2 lines');
    const lacks = [...says.split('What lacks:')[1]!.matchAll(/(\d+) lines?/g)].map(([, count]) =>
      Number(count),
    );
    expect(lacks).toHaveLength(10);
    expect(lacks).toEqual(lacks.toSorted((a, b) => b - a));
    expect(says).toMatch(/ and \d+ more\.$/);
  });

  it('tells apart lines without account, without project, of two projects, and of a project out of sight', async () => {
    orders().clear();
    await projects(`${PROJECTS_CSV.trim()}\nCost Area,Concrete,Nowhere\n`);
    const { AccountCode: _, ...withoutAccount } = lump('5100', 'No account', 10);
    enterOrder(scene, {
      LineItems: [
        withoutAccount,
        goods('FRT', 1, 10, { project: undefined }),
        goods('FRT', 1, 10, { area: 'Concrete' }),
        goods('FRT', 1, 10),
      ],
    });
    const { says } = await about(scene, 'mapping coverage');
    expect(says).toContain('1 of 4 lines of the latest 1 order in Xero gets a project');
    expect(says).toContain('lines without an account: 1 line');
    expect(says).toContain('lines without tracking (no project): 1 line');
    expect(says).toContain('project Nowhere (not shown by Procore): 1 line');
    await projects(`${PROJECTS_CSV.trim()}\nCost Area,Concrete,1051\n`);
    expect((await about(scene, 'mapping coverage')).says).toContain('(two projects): 1 line');
  });

  it('leaves out deleted orders and remarks', async () => {
    orders().clear();
    const order = enterOrder(scene, {
      LineItems: [goods('FRT', 1, 10), { Description: 'Call before delivery' }],
    });
    expect((await about(scene, 'mapping coverage')).says).toContain('1 of 1 line of the latest 1 order');
    scene.demo.xero.savePurchaseOrder(CONTRACTOR.tenantId, {
      PurchaseOrderID: order.PurchaseOrderID,
      Status: 'DELETED',
    });
    expect(await about(scene, 'mapping coverage')).toMatchObject({
      level: 'ok',
      says: 'Xero has no order whose lines could be tried on the tables.',
    });
  });

  it('counts lines that a rule leaves out on purpose as covered', async () => {
    orders().clear();
    enterOrder(scene, { LineItems: [goods('FRT', 1, 10)] });
    await rules(`${NO_RULES}\n,,,,,,,office supplies,\n`);
    expect(await about(scene, 'mapping coverage')).toMatchObject({ level: 'ok' });
  });
});
