import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReferenceChange } from '../../../lib/aws/reference-queue.ts';
import type { Code } from '../../../lib/core/codes.ts';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { queueDaily, queueDeployed, queueEverything } from '../../../lib/flows/reference/queue-everything.ts';
import type { ReferenceData } from '../../../lib/flows/reference/reference-data.ts';
import { refreshReferenceData } from '../../../lib/flows/reference/refresh-reference-data.ts';
import { RULES_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import { UNREADABLE } from '../../../lib/store/documents.ts';
import { documentOf, enterOrder, lump, sync } from '../../support/orders.ts';
import { parkedOrder } from '../../support/parked.ts';
import type { Receiving } from '../../support/procore-webhooks.ts';
import { hooksIn, receiving } from '../../support/procore-webhooks.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes } from '../../support/scene.ts';
import { drain } from '../../support/world.ts';
import { takeAll } from '../../support/xero-webhook.ts';

const openScene = scenes();
const { clientId } = DEMO_CREDENTIALS.procore;
const RIVERSIDE = PROJECTS.riverside.id;

let scene: Scene;
let received: Receiving;
let reference: ReferenceData;

beforeEach(async () => {
  scene = await openScene({ procore: { webhooks: 'when-told' } });
  received = await receiving(scene);
  reference = received.reference;
});
afterEach(async () => {
  await received.close();
  await scene.close();
});

const people = () => scene.demo.procore.people(CONTRACTOR.procoreCompanyId);
const connection = () => connectionOf(scene);
const calls = (endpoint: string) => scene.demo.procore.calls.get(endpoint) ?? 0;
const requeued = async () =>
  (await takeAll(scene.cloud.sqs, scene.cloud.queueUrl)).map(({ id }) => id.at(-1)).toSorted();
const events = async () =>
  (await historyOfConnection(reference, scene.connectionId)).map(({ event, detail }) => ({
    event,
    ...detail,
  }));

function message(what: ReferenceChange['what'], fields: Partial<ReferenceChange> = {}) {
  const receivedAt = scene.clock.now().toISOString();
  const body = JSON.stringify({ connectionId: scene.connectionId, what, receivedAt, ...fields });
  return { id: randomUUID(), body };
}

async function refreshed(...given: Parameters<typeof message>) {
  const one = message(...given);
  return (await refreshReferenceData([one], reference)).get(one.id);
}

/** Documents that wait, told apart by the last digit of their ids. */
async function parkedOn(...codes: Code[]): Promise<void> {
  for (const [index, code] of codes.entries()) {
    const id = `6afa2e02-c514-4964-ab89-00000000000${index}`;
    const { connectionId } = scene;
    await reference.documents.put(parkedOrder({ connectionId, id, number: code, code }));
  }
}

describe('what people change in Procore', () => {
  it('lets an order through by itself: the cost code that it lacked is added', async () => {
    await refreshed('connected');
    await received.refresh();
    const csv = `${RULES_CSV.trimEnd()}\n5900,,,,88-100,M,,,\n`;
    await importMappings(scene.connectionId, csv, reference);
    const order = enterOrder(scene, { LineItems: [lump('5900', 'Waiver', 618.4)] });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({
      state: 'parked',
      code: 'cost-code-not-in-project',
    });

    people().addCostCode(RIVERSIDE, { code: '88-100', name: 'Waivers' });
    await received.deliver();
    await received.refresh();
    await drain(scene.cloud, reference);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
  });

  it('queues again what the list concerns, and nothing else', async () => {
    await refreshed('procore/vendors');
    await parkedOn('vendor-ambiguous', 'cost-code-not-in-project', 'project-unmapped', 'commitment-gone');
    await requeued();
    people().renameVendor([...scene.company.vendors.keys()][0]!, 'Renamed Ltd');
    await refreshed('procore/vendors');
    expect(await requeued()).toEqual(['0']);
    await refreshed('procore/cost-codes/P', { projectId: String(RIVERSIDE) });
    expect(await requeued()).toEqual(['1']);
  });

  it('queues nothing where the list says all and is as before', async () => {
    await refreshed('procore/vendors');
    await parkedOn('vendor-ambiguous');
    expect(await refreshed('procore/vendors')).toBe('done');
    expect(await requeued()).toEqual([]);
  });

  it('queues again where the list does not show what may have been mended', async () => {
    await refreshed('procore/commitments/P', { projectId: String(RIVERSIDE) });
    await parkedOn('requisition-touched');
    await refreshed('procore/commitments/P', { projectId: String(RIVERSIDE) });
    expect(await requeued()).toEqual(['0']);
  });

  it('is read once, however many messages tell of it', async () => {
    const before = calls('GET /rest/v1.0/vendors');
    const messages = [message('procore/vendors'), message('procore/vendors'), message('procore/vendors')];
    const verdicts = await refreshReferenceData(messages, reference);
    expect([...verdicts.values()]).toEqual(['done', 'done', 'done']);
    expect(calls('GET /rest/v1.0/vendors')).toBe(before + 1);
  });

  it('is queued again, not forgotten, when the process dies before the list is kept', async () => {
    await parkedOn('vendor-ambiguous');
    const snapshots = { ...reference.snapshots, put: () => Promise.reject(new Error('killed')) };
    const dying = { ...reference, snapshots };
    const one = message('procore/vendors');
    expect((await refreshReferenceData([one], dying)).get(one.id)).toBe('retry');
    await requeued();
    expect((await refreshReferenceData([one], reference)).get(one.id)).toBe('done');
    expect(await requeued()).toEqual(['0']);
  });
});

describe('a connection that was made', () => {
  it('gets its webhook, its user and every list, with the instant at which each was read', async () => {
    const { connections } = reference;
    const { userId: _unknown, ...procore } = (await connection()).procore;
    await connections.update({ ...(await connections.get(scene.connectionId))!, procore });
    expect(await refreshed('connected')).toBe('done');
    await received.refresh();
    expect((await connection()).procore.userId).toMatch(/^\d+$/);
    expect(hooksIn(scene.company).length).toBeGreaterThan(1);
    const of = async (list: string) =>
      (await reference.snapshots.get(scene.connectionId, `procore/${list}`))!;
    const fetchedAt = scene.clock.now().toISOString();
    expect(await of('vendors')).toMatchObject({ fetchedAt });
    expect((await of('vendors')).entries).toHaveLength(scene.company.vendors.size);
    expect((await of('projects')).entries).toContainEqual(
      expect.objectContaining({ id: String(RIVERSIDE), name: PROJECTS.riverside.name, active: true }),
    );
    for (const list of ['cost-codes', 'wbs-codes']) {
      expect((await of(`${list}/${RIVERSIDE}`)).entries.length).toBeGreaterThan(5);
    }
    expect((await of('cost-types')).entries).toHaveLength(scene.company.costTypes.size);
    expect((await of(`commitments/${RIVERSIDE}`)).entries).toEqual([]);
    expect((await of(`direct-costs/${RIVERSIDE}`)).entries).toEqual([]);
  });

  it('is looked after every day, and after each deployment as far as its webhook goes', async () => {
    await queueDaily(reference);
    await queueDeployed(reference);
    const { connectionId } = scene;
    expect((await received.taken()).toSorted((a, b) => a.what.localeCompare(b.what))).toMatchObject([
      { connectionId, what: 'connected' },
      { connectionId, what: 'webhook' },
    ]);
    expect(await refreshed('webhook')).toBe('done');
    expect(await received.taken()).toEqual([]);
    expect(hooksIn(scene.company).length).toBeGreaterThan(1);
  });

  it('is left alone while it is paused or broken, and asked for no list', async () => {
    const { connections } = reference;
    await connections.update({ ...(await connections.get(scene.connectionId))!, pausedSince: 'now' });
    const before = new Map(scene.demo.procore.calls);
    await queueDaily(reference);
    expect(await received.taken()).toEqual([]);
    expect(await refreshed('procore/vendors')).toBe('done');
    expect(await refreshed('procore/vendors', { connectionId: 'nobody' })).toBe('done');
    expect(scene.demo.procore.calls).toEqual(before);
  });
});

describe('the daily round', () => {
  const counted = () => {
    const lists = [...scene.demo.procore.calls].filter(([endpoint]) => endpoint.startsWith('GET'));
    return new Map([...lists, ...scene.demo.xero.calls.counts]);
  };
  /** A day later all lists are read; how often each endpoint was asked. */
  async function round() {
    scene.clock.advance(86_400_000);
    const before = counted();
    await queueEverything(reference, await connection());
    await received.refresh();
    const calls = [...counted()].map(([endpoint, count]) => [endpoint, count - (before.get(endpoint) ?? 0)]);
    return Object.fromEntries(calls.filter(([, count]) => count !== 0)) as Record<string, number>;
  }

  it('asks once for each list of the company and the books, and once in each project', async () => {
    people().addProject({ id: 4711, name: 'Warehouse', costCodes: [] });
    await round();
    const { 'POST /connect/token': _token, ...calls } = await round();
    const wbs = '/rest/v1.0/projects/{project_id}/work_breakdown_structure';
    expect(calls).toEqual({
      'GET /Accounts': 1,
      'GET /Items': 1,
      'GET /TrackingCategories': 1,
      'GET /Contacts': 1,
      'GET /rest/v1.1/projects': 1,
      'GET /rest/v1.0/vendors': 1,
      'GET /rest/v1.0/companies/{company_id}/vendors/inactive': 1,
      'GET /rest/v1.0/line_item_types': 1,
      'GET /rest/v1.0/companies/{company_id}/uoms': 1,
      'GET /rest/v1.0/tax_codes': 1,
      // In every active project, for people who map.
      'GET /rest/v1.0/cost_codes': 4,
      [`GET ${wbs}/wbs_codes`]: 4,
      [`GET ${wbs}/segments`]: 4,
      // In those that documents go to.
      'GET /rest/v1.1/projects/{project_id}/vendors': 3,
      'GET /rest/v1.0/budget_views': 3,
      'GET /rest/v1.0/purchase_order_contracts': 3,
      'GET /rest/v1.1/projects/{project_id}/direct_costs': 3,
    });
  });

  it('goes on where one list cannot be read', async () => {
    scene.demo.procore.allowTool(clientId, 'Directory', 'none');
    const calls = await round();
    expect(calls['GET /rest/v1.0/cost_codes']).toBe(3);
    expect(calls['GET /Accounts']).toBe(1);
    expect(await reference.snapshots.get(scene.connectionId, 'procore/vendors')).toBeUndefined();
    expect(await connection()).toMatchObject({ state: 'live' });
  });

  it('queues again once what no list shows, and only what changed of the rest', async () => {
    await round();
    await parkedOn('requisition-touched', 'vendor-ambiguous');
    await requeued();
    await round();
    expect(await requeued()).toEqual(['0']);
  });

  it('knows a renamed project by its id as one that documents go to', async () => {
    const rows = [{ category: 'Project', option: 'x', project: '1042', ids: { project: String(RIVERSIDE) } }];
    await reference.tables.replace(scene.connectionId, 'projects', rows);
    await reference.tables.replace(scene.connectionId, 'cost-codes', []);
    people().renumberProject(RIVERSIDE, '2042');
    expect((await round())['GET /rest/v1.0/budget_views']).toBe(1);
  });
});

describe('projects', () => {
  const all = () => [...scene.company.projects.keys()];

  it('that are no longer permitted are told by name, and stop only their own documents', async () => {
    await refreshed('procore/projects');
    scene.demo.procore.permit(
      clientId,
      all().filter((id) => id !== RIVERSIDE),
    );
    await refreshed('procore/projects');
    expect(await connection()).toMatchObject({
      state: 'broken',
      code: 'procore-project-not-permitted',
      lostProjects: [String(RIVERSIDE)],
    });
    expect(await events()).toContainEqual({
      event: 'projects-changed',
      'no longer shown': [PROJECTS.riverside.name],
    });

    scene.demo.procore.permit(clientId, 'all');
    await refreshed('procore/projects');
    expect(await connection()).toMatchObject({ state: 'live' });
    expect(await events()).toContainEqual({
      event: 'projects-changed',
      'new to see': [PROJECTS.riverside.name],
    });
  });

  it('that are only closed are not taken for lost', async () => {
    await refreshed('procore/projects');
    people().setProjectActive(RIVERSIDE, false);
    await refreshed('procore/projects');
    expect(await connection()).toMatchObject({ state: 'live' });
    expect((await events()).map(({ event }) => event)).not.toContain('projects-changed');
  });

  it('that nobody mapped may go without anything being broken', async () => {
    const { id } = people().addProject({ id: 4711, name: 'Warehouse', costCodes: [] });
    await refreshed('procore/projects');
    scene.demo.procore.permit(
      clientId,
      all().filter((one) => one !== id),
    );
    await refreshed('procore/projects');
    expect(await connection()).toMatchObject({ state: 'live' });
    expect(await events()).toContainEqual({ event: 'projects-changed', 'no longer shown': ['Warehouse'] });
  });
});

describe('a refresh that cannot be done', () => {
  it('comes again when Procore’s limit has passed, and keeps nothing meanwhile', async () => {
    const headers = { 'retry-after': '300' };
    scene.demo.procore.faults.add({ path: '/rest/v1.0/vendors', effect: { status: 429, headers } });
    expect(await refreshed('procore/vendors')).toEqual({ postponeSeconds: 300 });
    expect(await reference.snapshots.get(scene.connectionId, 'procore/vendors')).toBeUndefined();
  });

  it('breaks the connection where the company removed the app', async () => {
    scene.demo.procore.removeApp(clientId);
    expect(await refreshed('procore/vendors')).toBe('done');
    expect(await connection()).toMatchObject({ state: 'broken', code: 'procore-wrong-company' });
  });

  it('for want of one tool’s permission leaves all others and the connection as they are', async () => {
    scene.demo.procore.allowTool(clientId, 'Commitments', 'none');
    const [commitments, vendors] = [
      message('procore/commitments/P', { projectId: String(RIVERSIDE) }),
      message('procore/vendors'),
    ];
    const verdicts = await refreshReferenceData([commitments, vendors], reference);
    expect([...verdicts.values()]).toEqual(['done', 'done']);
    expect(await reference.snapshots.get(scene.connectionId, 'procore/vendors')).toBeDefined();
    expect(await connection()).toMatchObject({ state: 'live' });
  });

  it('is not begun when the time runs out', async () => {
    const one = message('procore/vendors');
    expect((await refreshReferenceData([one], reference, () => 10)).get(one.id)).toBe('retry');
  });

  it('because nobody can read the message is shown to people', async () => {
    const one = { id: randomUUID(), body: '{"what":"weather"}' };
    expect((await refreshReferenceData([one], reference)).get(one.id)).toBe('done');
    expect(await reference.documents.get(UNREADABLE, one.id)).toMatchObject({ code: 'message-malformed' });
  });
});
