import { beforeEach, describe, expect, it } from '@jest/globals';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import { supplierOf } from '../../../lib/sandbox/seed/suppliers.ts';
import {
  documentOf,
  enterOrder,
  goods,
  lump,
  standingOf,
  supplier,
  sync,
  trailOf,
} from '../../support/orders.ts';
import { refreshAll, refreshed } from '../../support/reference.ts';
import type { Scene, SceneOptions } from '../../support/scene.ts';
import { scenes } from '../../support/scene.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();
const RIVERSIDE = PROJECTS.riverside.id;
const COST_CODES = 'GET /rest/v1.0/cost_codes';
const WBS = '/rest/v1.0/projects/{project_id}/work_breakdown_structure';

/** What the worker may ask for to resolve a document, billing periods and commitments aside. */
const REFERENCE = [
  'GET /rest/v1.1/projects',
  'GET /rest/v1.0/vendors',
  'GET /rest/v1.0/line_item_types',
  COST_CODES,
  `GET ${WBS}/wbs_codes`,
  `GET ${WBS}/segments`,
  'GET /rest/v1.1/projects/{project_id}/vendors',
];

let scene: Scene;
async function begin(options?: SceneOptions): Promise<void> {
  scene = await newScene(options);
}
beforeEach(() => begin());

const people = () => scene.demo.procore.people(CONTRACTOR.procoreCompanyId);
const calls = (endpoint: string) => scene.demo.procore.calls.get(endpoint) ?? 0;
const vendorOf = (name: string) => [...scene.company.vendors.values()].find((one) => one.name === name)!;

/** How often each list was asked for while the work was done. */
async function asked(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = REFERENCE.map(calls);
  await work();
  const counts = REFERENCE.map((endpoint, index) => [endpoint, calls(endpoint) - before[index]!] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** Rules that send account 5900 to a cost code which no project has yet. */
async function mapWaivers(): Promise<void> {
  await importMappings(scene.connectionId, `${RULES_CSV.trimEnd()}\n5900,,,,88-100,M,,,\n`, scene.deployment);
}
const waiver = (amount: number) => enterOrder(scene, { LineItems: [lump('5900', 'Waiver', amount)] });

describe('what Procore is asked for', () => {
  it('is each list once where nothing is known, and none where all of it is', async () => {
    const first = [enterOrder(scene), enterOrder(scene)];
    expect(await asked(() => sync(scene, ...first))).toEqual({
      'GET /rest/v1.1/projects': 1,
      // And once more before the supplier is made a vendor.
      'GET /rest/v1.0/vendors': 2,
      'GET /rest/v1.0/line_item_types': 1,
      [COST_CODES]: 1,
      [`GET ${WBS}/wbs_codes`]: 1,
      [`GET ${WBS}/segments`]: 1,
      // The list, and one look before the supplier is added to the project.
      'GET /rest/v1.1/projects/{project_id}/vendors': 2,
    });
    const second = [enterOrder(scene), enterOrder(scene, { LineItems: [goods('FRT', 2, 60)] })];
    // The vendor that was made must stand: the vendors are kept from now on.
    expect(await asked(() => sync(scene, ...second))).toEqual({ 'GET /rest/v1.0/vendors': 1 });
    const third = [enterOrder(scene), enterOrder(scene)];
    expect(await asked(() => sync(scene, ...third))).toEqual({});
    for (const order of [...first, ...second, ...third]) {
      expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    }
  });

  it('is the vendors alone where a supplier comes for the first time: its link is to last', async () => {
    await refreshAll(scene);
    const order = enterOrder(scene, { Contact: supplier('acme') });
    expect(await asked(() => sync(scene, order))).toEqual({ 'GET /rest/v1.0/vendors': 1 });
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
  });

  it('is another project’s lists where one comes up for the first time', async () => {
    await sync(scene, enterOrder(scene));
    const order = enterOrder(scene, { LineItems: [goods('FRT', 1, 120, { project: 'oak' })] });
    expect(await asked(() => sync(scene, order))).toMatchObject({ [COST_CODES]: 1 });
    expect(await asked(() => sync(scene, order))).toEqual({});
  });
});

describe('a no from what is kept is not believed', () => {
  it('where a cost code was added since: its orders go on at once, for one call in all', async () => {
    await mapWaivers();
    await refreshAll(scene);
    people().addCostCode(RIVERSIDE, { code: '88-100', name: 'Waivers' });
    const orders = [waiver(10), waiver(20), waiver(30)];
    expect(await asked(() => sync(scene, ...orders))).toMatchObject({ [COST_CODES]: 1 });
    for (const order of orders) expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
  });

  it('and is confirmed once for a batch where Procore says no as well', async () => {
    await mapWaivers();
    await refreshAll(scene);
    const orders = [waiver(10), waiver(20), waiver(30)];
    expect(await asked(() => sync(scene, ...orders))).toEqual({
      [COST_CODES]: 1,
      'GET /rest/v1.0/vendors': 1,
    });
    for (const order of orders) {
      expect(await documentOf(scene, order)).toMatchObject({ code: 'cost-code-not-in-project' });
    }
  });

  it('where a project was renumbered to what people had written already', async () => {
    await refreshAll(scene);
    const csv = PROJECTS_CSV.replace('Riverside Medical,1042', 'Riverside Medical,2042');
    await importProjects(scene.connectionId, csv, scene.deployment);
    people().renumberProject(RIVERSIDE, '2042');
    const order = enterOrder(scene);
    expect(await asked(() => sync(scene, order))).toMatchObject({ 'GET /rest/v1.1/projects': 1 });
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
  });

  it('where a vendor got the supplier’s name since: it is taken, and none made', async () => {
    await refreshAll(scene);
    const [some] = scene.company.vendors.values();
    people().renameVendor(some!.id, supplierOf('capitol').name);
    const before = scene.company.vendors.size;
    const order = enterOrder(scene);
    await sync(scene, order);
    expect(standingOf(scene, order)).toMatchObject([{ vendor: supplierOf('capitol').name }]);
    expect(scene.company.vendors.size).toBe(before);
  });

  it('and what was read then is the worker’s alone: the refresher still finds it changed', async () => {
    await mapWaivers();
    await refreshed(scene, 'procore/cost-codes/P', { projectId: String(RIVERSIDE) });
    const order = waiver(10);
    await sync(scene, order);
    people().addCostCode(RIVERSIDE, { code: '88-100', name: 'Waivers' });
    await sync(scene, waiver(20));
    const { changes, requeued } = await refreshed(scene, 'procore/cost-codes/P', {
      projectId: String(RIVERSIDE),
    });
    expect([changes.added, requeued]).toEqual([['88-100 Waivers'], 1]);
    await drain(scene.cloud, scene.deployment);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
  });
});

describe('a yes from what is kept may be refused by Procore', () => {
  it('because the vendor was taken out of the project since: it is added again', async () => {
    await refreshAll(scene);
    const [known] = supplierOf('acme').inProcore!;
    people().removeVendor(RIVERSIDE, vendorOf(known!).id);
    const order = enterOrder(scene, { Contact: supplier('acme') });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(scene.company.projects.get(RIVERSIDE)!.vendorIds).toContain(vendorOf(known!).id);
    expect((await trailOf(scene, order)).filter(({ event }) => event === 'planned')).toHaveLength(2);
  });

  it('because the cost code was deleted since: the order is parked on that, and goes on once it is back', async () => {
    await mapWaivers();
    const { id } = people().addCostCode(RIVERSIDE, { code: '88-100', name: 'Waivers' });
    await refreshAll(scene);
    people().deleteCostCode(RIVERSIDE, id);
    const order = waiver(10);
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ code: 'cost-code-not-in-project' });

    people().addCostCode(RIVERSIDE, { code: '88-100', name: 'Waivers' });
    await refreshAll(scene);
    await drain(scene.cloud, scene.deployment);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(standingOf(scene, order)).toMatchObject([{ total: '10.00' }]);
  });

  it('because the project demands a further segment since: the order is parked on that', async () => {
    await refreshAll(scene);
    const { segments } = scene.company.projects.get(RIVERSIDE)!;
    segments.push({ ...segments[0]!, id: 4711, type: 'custom', name: 'Building', required: true });
    const order = enterOrder(scene, { Contact: supplier('acme') });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({
      code: 'segment-missing',
      message: expect.stringContaining('Building'),
    });
  });

  it('for a reason of its own: then nothing is tried twice', async () => {
    await refreshAll(scene);
    scene.demo.procore.faults.add({
      path: '/rest/v1.0/purchase_order_contracts/sync',
      effect: { status: 422, body: '{"errors":{"base":["A workflow governs this"]}}' },
    });
    const order = enterOrder(scene, { Contact: supplier('acme') });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({
      code: 'procore-refused',
      message: expect.stringContaining('A workflow governs this'),
    });
    expect(calls('PATCH /rest/v1.0/purchase_order_contracts/sync')).toBe(1);
  });
});
