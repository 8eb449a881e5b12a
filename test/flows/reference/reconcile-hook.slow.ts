import { afterEach, describe, expect, it } from '@jest/globals';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import { hookStatus } from '../../../lib/flows/reference/hook-status.ts';
import { reconcileHook } from '../../../lib/flows/reference/reconcile-hook.ts';
import type { ReferenceData } from '../../../lib/flows/reference/reference-data.ts';
import { leaveHook, removeHook } from '../../../lib/flows/reference/remove-hook.ts';
import { entryOf } from '../../../lib/flows/webhook/procore-directory.ts';
import type { ProcoreSandboxOptions } from '../../../lib/sandbox/procore/server.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import type { Receiving } from '../../support/procore-webhooks.ts';
import { hooksIn, receiving } from '../../support/procore-webhooks.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes } from '../../support/scene.ts';

const openScene = scenes();
const COMPANY = String(CONTRACTOR.procoreCompanyId);
const MAPPED = Object.keys(PROJECTS).length;

let scene: Scene;
let received: Receiving;
let reference: ReferenceData;

async function open(procore: ProcoreSandboxOptions = {}): Promise<void> {
  scene = await openScene({ procore: { webhooks: 'when-told', ...procore } });
  received = await receiving(scene);
  reference = received.reference;
}
afterEach(async () => {
  await received.close();
  await scene.close();
});

const hooks = () => hooksIn(scene.company);
const people = () => scene.demo.procore.people(CONTRACTOR.procoreCompanyId);
const told = async (event: string) =>
  (await historyOfConnection(reference, scene.connectionId)).filter((entry) => entry.event === event);
const secrets = async () => (await entryOf(reference, COMPANY))?.secrets ?? [];
const resourcesOf = (hook: ReturnType<typeof hooks>[number]) => [
  ...new Set(hook.triggers.map(({ resource }) => resource)),
];

/** A deployment whose process dies at the nth call to Procore's webhooks, before or after Procore took it. */
function dyingAt(call: number, when: 'before' | 'after'): ReferenceData {
  let calls = 0;
  const fetch = async (...given: Parameters<ReferenceData['fetch']>) => {
    if (String(given[0]).includes('/webhooks/')) calls += 1;
    // The dead make no further calls.
    if (calls > call || (calls === call && when === 'before')) throw new Death();
    const answer = await reference.fetch(...given);
    if (calls >= call) throw new Death();
    return answer;
  };
  return { ...reference, fetch };
}
class Death extends Error {}

describe('the webhooks of a Procore company', () => {
  it('are registered: one of the company, and one of each mapped project for what only projects tell', async () => {
    await open();
    expect(await reconcileHook(reference, COMPANY)).toEqual({ companyId: COMPANY, outcome: 'made' });
    const [ofCompany, ...ofProjects] = hooks();
    expect(resourcesOf(ofCompany!).toSorted()).toEqual([
      'Company Vendors',
      'Line Item Types',
      'Projects',
      'Standard Cost Codes',
    ]);
    expect(ofProjects).toHaveLength(MAPPED);
    for (const hook of ofProjects) {
      expect(resourcesOf(hook).toSorted()).toEqual([
        'Budget Changes',
        'Budget Line Items',
        'Budget Modifications',
        'Cost Codes',
        'Direct Costs',
        'Project Vendors',
        'Purchase Order Contracts',
        'Work Order Contracts',
      ]);
    }
    expect(new Set(hooks().map(({ namespace }) => namespace)).size).toBe(1);
    expect(ofCompany!.namespace).toMatch(/^ml-connector-[a-z]{12}$/);
    expect(ofCompany).toMatchObject({ payloadVersion: 'v4.0', destinationUrl: reference.webhookUrl });
    expect(ofCompany!.authorization).toMatch(/^Bearer [\w-]{43}$/);
    expect(await told('webhook-registered')).toHaveLength(1);
    expect([...scene.demo.procore.unread]).toEqual([]);
  });

  it('are one hook where Procore tells the company of its projects, too', async () => {
    await open({ unverified: { companyHooksTakeProjectResources: true } });
    await reconcileHook(reference, COMPANY);
    expect(hooks()).toHaveLength(1);
    expect(resourcesOf(hooks()[0]!)).toHaveLength(12);
  });

  it.each([
    ['not-offered', 'v3.0', 'v3.0'],
    ['fewer-resources', 'v4.0', 'v3.0'],
    ['more-resources', 'v4.0', 'v4.0'],
  ] as const)(
    'take the newest payload format that offers most: v4.0 %s',
    async (payloadV4, company, project) => {
      await open({ unverified: { payloadV4 } });
      await reconcileHook(reference, COMPANY);
      const [ofCompany, ofProject] = hooks();
      expect([ofCompany!.payloadVersion, ofProject!.payloadVersion]).toEqual([company, project]);
    },
  );

  it('stay as they are, without a write, when nothing changed', async () => {
    await open();
    await reconcileHook(reference, COMPANY);
    const before = structuredClone(hooks());
    const writes = [...scene.demo.procore.calls].filter(([name]) => !name.startsWith('GET'));
    expect(await reconcileHook(reference, COMPANY)).toMatchObject({ outcome: 'kept' });
    expect(hooks()).toEqual(before);
    expect([...scene.demo.procore.calls].filter(([name]) => !name.startsWith('GET'))).toEqual(writes);
    expect(await told('webhook-registered')).toHaveLength(1);
  });

  it.each<[string, (id: number) => void]>([
    ['deleted', (id) => people().deleteHook(id)],
    ['switched off', (id) => people().disableHook(id)],
    ['bent to another address', (id) => people().changeHookUrl(id, 'https://elsewhere.example/hook')],
  ])('are made anew where somebody %s one', async (_what, harm) => {
    await open();
    await reconcileHook(reference, COMPANY);
    const [ofCompany, ...ofProjects] = hooks();
    harm(ofCompany!.id);
    expect(await reconcileHook(reference, COMPANY)).toMatchObject({ outcome: 'made' });
    const [anew, ...others] = hooks();
    expect(anew!.id).not.toBe(ofCompany!.id);
    expect(anew).toMatchObject({ status: 'active', destinationUrl: reference.webhookUrl });
    expect(resourcesOf(anew!)).toEqual(resourcesOf(ofCompany!));
    expect(others.map(({ id }) => id)).toEqual(ofProjects.map(({ id }) => id));
    expect(await told('webhook-registered')).toHaveLength(2);
  });

  it('get triggers that were taken away back, and lose those that were added by hand', async () => {
    await open();
    await reconcileHook(reference, COMPANY);
    const hook = hooks()[0]!;
    const before = resourcesOf(hook).toSorted();
    hook.triggers = hook.triggers.slice(2);
    hook.triggers.push({ ...hook.triggers[0]!, id: 77, resource: 'ERP Requests' });
    hook.triggers.push({ ...hook.triggers[0]!, id: 78 });
    expect(await reconcileHook(reference, COMPANY)).toMatchObject({ outcome: 'kept' });
    expect(resourcesOf(hooks()[0]!).toSorted()).toEqual(before);
    const words = hooks()[0]!.triggers.map(({ resource, eventType }) => `${resource} ${eventType}`);
    expect(new Set(words).size).toBe(words.length);
  });

  it('leave hooks of other namespaces alone and remove strays of their own', async () => {
    await open();
    await reconcileHook(reference, COMPANY);
    const own = hooks()[0]!;
    const { hooks: all } = scene.company;
    all.set(1, { ...own, id: 1, namespace: 'smithsoft-costcoder' });
    all.set(2, { ...own, id: 2, destinationUrl: 'https://old.example/webhooks/procore' });
    await reconcileHook(reference, COMPANY);
    expect(all.has(1)).toBe(true);
    expect(all.has(2)).toBe(false);
    expect(all.has(own.id)).toBe(true);
  });

  it('of a project that is no longer mapped go, and come with a project that is', async () => {
    await open();
    await reconcileHook(reference, COMPANY);
    const rows = (await reference.tables.read(scene.connectionId, 'projects')).rows;
    await reference.tables.replace(scene.connectionId, 'projects', []);
    await reference.tables.replace(scene.connectionId, 'cost-codes', []);
    await reconcileHook(reference, COMPANY);
    expect(hooks().map(({ projectId }) => projectId)).toEqual([null]);
    await reference.tables.replace(scene.connectionId, 'projects', rows);
    await reconcileHook(reference, COMPANY);
    expect(hooks().length).toBeGreaterThan(1);
  });

  it('accept the new secret before Procore knows it, and the old one until all send the new', async () => {
    await open();
    await reconcileHook(reference, COMPANY);
    const [old] = await secrets();
    const during: string[][] = [];
    const fetch: ReferenceData['fetch'] = async (...given) => {
      const creates = given[1]?.method === 'POST' && String(given[0]).endsWith('/hooks');
      if (creates) {
        during.push(await secrets());
        expect(JSON.parse(String(given[1]!.body)).destination_headers.Authorization).toBe(during.at(-1)![0]);
      }
      return reference.fetch(...given);
    };
    await reconcileHook({ ...reference, fetch }, COMPANY, { renew: true });
    expect(during.length).toBeGreaterThan(MAPPED);
    for (const accepted of during) expect(accepted).toEqual([accepted[0], old]);
    expect(await secrets()).toEqual([during[0]![0]]);
    expect(new Set(hooks().map(({ authorization }) => authorization))).toEqual(new Set(await secrets()));
  });

  it.each([8, 9, 14])(
    'stand once each after a process died at its call no. %i, before or after Procore took it',
    async (call) => {
      await open();
      for (const when of ['before', 'after'] as const) {
        await reconcileHook(dyingAt(call, when), COMPANY).catch(() => {});
        await reconcileHook(reference, COMPANY);
        expect(hooks()).toHaveLength(MAPPED + 1);
        expect(new Set(hooks().map(({ authorization }) => authorization))).toEqual(new Set(await secrets()));
        expect(await secrets()).toHaveLength(1);
        expect((await hookStatus(reference, await connectionOf(scene))).state).toBe('active');
        await reconcileHook(dyingAt(call, when), COMPANY, { renew: true }).catch(() => {});
        await reconcileHook(reference, COMPANY);
        expect(hooks()).toHaveLength(MAPPED + 1);
        expect(await secrets()).toEqual([hooks()[0]!.authorization]);
      }
    },
  );

  it('are a finding and no broken connection without the permission on webhooks', async () => {
    await open();
    scene.demo.procore.allowTool(DEMO_CREDENTIALS.procore.clientId, 'Webhooks', 'none');
    const { outcome, problem } = await reconcileHook(reference, COMPANY);
    expect(outcome).toBe('missing');
    expect(problem).toContain('Procore does not let this service account do that');
    expect((await connectionOf(scene)).state).toBe('live');
    expect(await hookStatus(reference, await connectionOf(scene))).toMatchObject({
      state: 'missing',
      problem,
    });
    scene.demo.procore.allowTool(DEMO_CREDENTIALS.procore.clientId, 'Webhooks', 'full');
    expect(await reconcileHook(reference, COMPANY)).toEqual({ companyId: COMPANY, outcome: 'made' });
    expect(await hookStatus(reference, await connectionOf(scene))).not.toHaveProperty('problem');
  });

  it('stand in all other projects where Procore refuses one, whose former secret stays accepted', async () => {
    await open();
    await reconcileHook(reference, COMPANY);
    const [old] = await secrets();
    const path = '/rest/v2.0/companies/{company_id}/projects/{project_id}/webhooks/hooks';
    const refused = { path, effect: { status: 403, body: '{"message":"no"}' } };
    const mend = scene.demo.procore.faults.add({ ...refused, method: 'GET', times: 1 });
    const { outcome, problem } = await reconcileHook(reference, COMPANY, { renew: true });
    expect([outcome, problem]).toEqual([
      'made',
      expect.stringMatching(/^Procore refuses it in the projects \d+$/),
    ]);
    expect(await secrets()).toEqual([hooks()[0]!.authorization, old]);
    mend();
    expect(await reconcileHook(reference, COMPANY)).toEqual({ companyId: COMPANY, outcome: 'made' });
    expect(await secrets()).toEqual([hooks()[0]!.authorization]);
    expect(new Set(hooks().map(({ authorization }) => authorization)).size).toBe(1);
  });

  it('go when they are removed, and come back only when somebody asks for them', async () => {
    await open();
    await reconcileHook(reference, COMPANY);
    expect(await removeHook(reference, COMPANY)).toBe(true);
    expect(hooks()).toEqual([]);
    expect(await secrets()).toEqual([]);
    expect(await told('webhook-removed')).toHaveLength(1);
    expect(await removeHook(reference, COMPANY)).toBe(false);
    expect(await reconcileHook(reference, COMPANY)).toMatchObject({ outcome: 'off' });
    expect((await hookStatus(reference, await connectionOf(scene))).state).toBe('off');
    expect(await reconcileHook(reference, COMPANY, { evenIfOff: true })).toMatchObject({ outcome: 'made' });
    expect(await reconcileHook(reference, COMPANY)).toMatchObject({ outcome: 'kept' });
  });

  it('go with the last connection to the company, and not before', async () => {
    await open();
    const { revision: _revision, ...connection } = (await reference.connections.get(scene.connectionId))!;
    await reference.connections.create({ ...connection, id: 'second', name: 'Second books' });
    await reconcileHook(reference, COMPANY);
    const ids = async () => (await entryOf(reference, COMPANY))?.connections.map(({ id }) => id);
    expect((await ids())?.toSorted()).toEqual([scene.connectionId, 'second'].toSorted());
    await leaveHook(reference, { ...connection, id: 'second' });
    expect(await ids()).toEqual([scene.connectionId]);
    expect(hooks()).toHaveLength(MAPPED + 1);
    await reference.connections.remove((await reference.connections.get('second'))!);
    await leaveHook(reference, connection);
    expect(hooks()).toEqual([]);
    expect(await reference.hooks.get(COMPANY)).toBeUndefined();
  });

  it('keep their secret out of the table and the trail', async () => {
    await open();
    await reconcileHook(reference, COMPANY);
    const [secret] = await secrets();
    const stored = JSON.stringify([
      await reference.hooks.get(COMPANY),
      await historyOfConnection(reference, scene.connectionId),
      Buffer.from((await reference.procoreDirectory.read())!.sealed).toString('latin1'),
    ]);
    expect(stored).not.toContain(secret!.slice('Bearer '.length));
  });
});
