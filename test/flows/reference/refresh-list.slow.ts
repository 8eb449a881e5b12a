import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Code } from '../../../lib/core/codes.ts';
import type { KnownContact } from '../../../lib/core/xero-records.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import { supplierOf } from '../../../lib/sandbox/seed/suppliers.ts';
import { accountId, contactId } from '../../../lib/sandbox/seed/xero-reference.ts';
import type { SnapshotName } from '../../../lib/store/snapshots.ts';
import { parkedOrder } from '../../support/parked.ts';
import { changeOption, refreshAll, refreshed, toldChanges } from '../../support/reference.ts';
import type { Scene, SceneOptions } from '../../support/scene.ts';
import { scenes } from '../../support/scene.ts';
import { takeAll } from '../../support/xero-webhook.ts';

const newScene = scenes();
const RIVERSIDE = PROJECTS.riverside.id;
const ID = '6afa2e02-c514-4964-ab89-000000000001';

let scene: Scene;
async function begin(options?: SceneOptions): Promise<void> {
  scene = await newScene(options);
}
beforeEach(() => begin());

const xero = () => scene.demo.xero;
const books = () => xero().organisations.get(CONTRACTOR.tenantId)!;
const people = () => scene.demo.procore.people(CONTRACTOR.procoreCompanyId);
const kept = async <T>(name: SnapshotName) =>
  ((await scene.deployment.snapshots.get(scene.connectionId, name))?.entries ?? []) as T[];

/** Reads the list, lets somebody change something, and reads it again a while later. */
async function afterwards(list: Parameters<typeof refreshed>[1], act: () => unknown, projectId?: number) {
  const options = projectId === undefined ? {} : { projectId: String(projectId) };
  await refreshed(scene, list, options);
  scene.clock.advance(3_600_000);
  act();
  return refreshed(scene, list, options);
}

async function parkedOn(code: Code): Promise<void> {
  const { connectionId, deployment } = scene;
  await deployment.documents.put(parkedOrder({ connectionId, id: ID, number: 'PO-1', code }));
}

describe('what people change in Xero', () => {
  it('is followed by id: an account that is recoded, archived, new', async () => {
    const { changes } = await afterwards('xero/accounts', () => {
      xero().saveAccount(CONTRACTOR.tenantId, { AccountID: accountId('5000'), Code: '5010' });
      xero().saveAccount(CONTRACTOR.tenantId, { AccountID: accountId('5900'), Status: 'ARCHIVED' });
      xero().saveAccount(CONTRACTOR.tenantId, { Code: '5600', Name: 'Safety', Type: 'DIRECTCOSTS' });
    });
    expect(changes).toEqual({
      added: ['5600 Safety'],
      renamed: ['5000 Job Materials → 5010 Job Materials'],
      archived: ['5900 Job Costs to Allocate'],
      gone: [],
    });
    expect(await toldChanges(scene)).toEqual([
      {
        list: 'xero/accounts',
        new: ['5600 Safety'],
        renamed: ['5000 Job Materials → 5010 Job Materials'],
        archived: ['5900 Job Costs to Allocate'],
      },
    ]);
  });

  it('tells of tracking options that are renamed and archived', async () => {
    await afterwards('xero/tracking-options', () => {
      changeOption(scene, 'Project', 'Riverside Medical', { Name: 'Riverside MOB' });
      changeOption(scene, 'Cost Area', 'Steel', { Status: 'ARCHIVED' });
    });
    expect(await toldChanges(scene)).toEqual([
      {
        list: 'xero/tracking-options',
        renamed: ['Project=Riverside Medical → Project=Riverside MOB'],
        archived: ['Cost Area=Steel'],
      },
    ]);
  });

  it('tells of an item that is deleted', async () => {
    const { changes } = await afterwards('xero/items', () => {
      const [item] = [...books().items.values()].filter(({ Code }) => Code === 'FRT');
      books().items.delete(item!.ItemID);
    });
    expect(changes.gone).toEqual(['FRT Freight and delivery']);
  });

  it('lets through what it may have mended, and nothing is told the first time', async () => {
    await parkedOn('project-unmapped');
    expect(await refreshed(scene, 'xero/tracking-options')).toMatchObject({ requeued: 1 });
    expect(await refreshed(scene, 'xero/tracking-options')).toMatchObject({ requeued: 0 });
    changeOption(scene, 'Project', 'Harbor Point Garage', { Name: 'Cedar Elementary' });
    expect(await refreshed(scene, 'xero/tracking-options')).toMatchObject({ requeued: 1 });
    const sent = await takeAll(scene.cloud.sqs, scene.cloud.queueUrl);
    expect(sent.map(({ id }) => id)).toEqual([ID, ID]);
    expect(await toldChanges(scene)).toHaveLength(1);
  });
});

describe('the contacts of Xero', () => {
  const pages = () => xero().calls.latest.filter(({ path }) => path.endsWith('/Contacts'));
  const acme = contactId(supplierOf('acme').name);
  const capitol = contactId(supplierOf('capitol').name);

  it('are kept without anything by which to reach or pay them', async () => {
    await refreshed(scene, 'xero/contacts');
    const contacts = await kept<KnownContact>('xero/contacts');
    expect(contacts).toHaveLength(books().contacts.size);
    expect(contacts).toContainEqual({
      id: acme,
      name: supplierOf('acme').name,
      isSupplier: true,
      archived: false,
    });
  });

  it('are read whole once, then only as far as they changed, an hour of overlap included', async () => {
    await refreshed(scene, 'xero/contacts');
    expect(pages().every(({ headers }) => headers['if-modified-since'] === undefined)).toBe(true);
    xero().calls.reset();
    scene.clock.advance(86_400_000);
    xero().saveContact(CONTRACTOR.tenantId, { ContactID: acme, Name: 'Acme Supply' });
    const { entries, changes } = await refreshed(scene, 'xero/contacts');
    expect(pages().map(({ headers }) => headers['if-modified-since'])).toEqual(['2026-11-22T08:00:00']);
    expect(entries).toBe(books().contacts.size);
    expect(changes.renamed).toEqual([`${supplierOf('acme').name} → Acme Supply`]);
  });

  it('are read whole on demand: that one became a supplier shows in no time of change', async () => {
    await refreshed(scene, 'xero/contacts');
    scene.clock.advance(2 * 86_400_000);
    const [customer] = [...books().contacts.values()].filter(({ IsSupplier }) => !IsSupplier);
    customer!.IsSupplier = true;
    await refreshed(scene, 'xero/contacts');
    const supplierAgain = async () =>
      (await kept<KnownContact>('xero/contacts')).find(({ id }) => id === customer!.ContactID)!.isSupplier;
    expect(await supplierAgain()).toBe(false);
    await refreshAll(scene);
    expect(await supplierAgain()).toBe(true);
  });

  it('keep those that are archived, and know into which others were merged', async () => {
    const { changes } = await afterwards('xero/contacts', () => {
      xero().mergeContacts(CONTRACTOR.tenantId, capitol, acme);
    });
    expect(changes.archived).toEqual([
      `${supplierOf('capitol').name}, merged into ${supplierOf('acme').name}`,
    ]);
    expect(await kept('xero/contacts')).toContainEqual({
      id: capitol,
      name: supplierOf('capitol').name,
      isSupplier: true,
      archived: true,
      mergedInto: acme,
    });
    expect(await toldChanges(scene)).toHaveLength(1);
  });
});

describe('what people change in Procore', () => {
  it('is followed by id: a vendor set aside is archived, one deleted is gone, and either may come back', async () => {
    const [first, second] = [...scene.company.vendors.values()];
    const refreshVendors = async () => {
      await refreshed(scene, 'procore/inactive-vendors');
      return (await refreshed(scene, 'procore/vendors')).changes;
    };
    await refreshVendors();
    people().setVendorActive(first!.id, false);
    people().deleteVendor(second!.id);
    expect(await refreshVendors()).toMatchObject({
      archived: [first!.name],
      gone: [second!.name],
    });
    expect(await kept('procore/inactive-vendors')).toEqual([{ id: String(first!.id), name: first!.name }]);
    people().setVendorActive(first!.id, true);
    expect(await refreshVendors()).toMatchObject({ added: [first!.name] });
    expect(await toldChanges(scene)).toEqual([
      {
        list: 'procore/vendors',
        archived: [first!.name],
        gone: [second!.name],
      },
    ]);
  });

  it('tells of a project that is renumbered, renamed and closed', async () => {
    await afterwards('procore/projects', () => {
      people().renumberProject(RIVERSIDE, '2042');
      people().renameProject(RIVERSIDE, 'Riverside MOB');
      people().setProjectActive(PROJECTS.cedar.id, false);
    });
    expect(await toldChanges(scene)).toEqual([
      {
        list: 'procore/projects',
        renamed: [`1042 ${PROJECTS.riverside.name} → 2042 Riverside MOB`],
        archived: [`1051 ${PROJECTS.cedar.name}`],
      },
    ]);
  });

  it('tells of cost codes by the project whose they are, and of new ones only the refresh itself', async () => {
    const { id } = people().addCostCode(RIVERSIDE, { code: '88-100', name: 'Waivers' });
    const { changes } = await afterwards(
      'procore/cost-codes/P',
      () => {
        people().addCostCode(RIVERSIDE, { code: '88-200', name: 'Liens' });
        people().deleteCostCode(RIVERSIDE, id);
      },
      RIVERSIDE,
    );
    expect(changes.added).toEqual(['88-200 Liens']);
    expect(await toldChanges(scene)).toEqual([
      { list: `procore/cost-codes/${RIVERSIDE}`, gone: ['88-100 Waivers'] },
    ]);
  });

  it('lets orders through that lacked a WBS segment, once the segment is demanded no more', async () => {
    await parkedOn('segment-missing');
    const { requeued } = await afterwards(
      'procore/segments/P',
      () => {
        const project = scene.company.projects.get(RIVERSIDE)!;
        project.segments[1]!.required = false;
      },
      RIVERSIDE,
    );
    expect(requeued).toBe(1);
  });
});

describe('units of measure', () => {
  const units = async () =>
    (await kept<{ name: string }>('procore/units-of-measure')).map(({ name }) => name);

  it('are the company’s own', async () => {
    await refreshed(scene, 'procore/units-of-measure');
    expect(await units()).toEqual(['ea', 'hr', 'lf', 'ls', 'sf', 'cy', 'ton']);
  });

  it.each(['forbidden', 'not-found'] as const)(
    'are none where Procore does not show them (%s)',
    async (unitsOfMeasure) => {
      await begin({ procore: { unverified: { unitsOfMeasure } } });
      expect(await refreshed(scene, 'procore/units-of-measure')).toMatchObject({ entries: 0 });
    },
  );
});

describe('all lists at once', () => {
  it('are read but for those that cannot be, each with its reason', async () => {
    scene.demo.procore.allowTool(DEMO_CREDENTIALS.procore.clientId, 'Direct Costs', 'none');
    scene.demo.xero.faults.add({ path: /Items/, do: 'answer', status: 500, when: 'before' });
    const { lists } = await refreshAll(scene);
    const { unread = [], read = [] } = Object.groupBy(lists, (one) => ('problem' in one ? 'unread' : 'read'));
    expect(new Set(unread.map(({ list }) => list))).toEqual(
      new Set(['xero/items', 'procore/direct-costs/P']),
    );
    expect(read.map(({ list }) => list)).toContain('xero/contacts');
    expect(read.filter(({ list }) => list === 'procore/commitments/P')).toHaveLength(3);
  });

  it('stop where the connection cannot work at all, which is then marked', async () => {
    scene.demo.xero.disconnect(DEMO_CREDENTIALS.xero.clientId, CONTRACTOR.tenantId);
    await expect(refreshAll(scene)).rejects.toMatchObject({ code: 'xero-disconnected' });
    expect(await scene.deployment.connections.get(scene.connectionId)).toMatchObject({ state: 'broken' });
  });

  it('queue again once what hangs on something that no list shows', async () => {
    await refreshAll(scene);
    await parkedOn('requisition-touched');
    expect(await refreshAll(scene)).toMatchObject({ requeued: 1 });
    expect(await takeAll(scene.cloud.sqs, scene.cloud.queueUrl)).toHaveLength(1);
  });
});
