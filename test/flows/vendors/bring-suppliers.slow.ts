import { describe, expect, it } from '@jest/globals';
import { connect } from '../../../lib/flows/connect/connect.ts';
import { pollConnection, pollDueConnections, sweepConnections } from '../../../lib/flows/poll/poll-xero.ts';
import { verify } from '../../../lib/store/audit.ts';
import { documentOf, enterOrder, sync } from '../../support/orders.ts';
import type { Scene, SceneOptions } from '../../support/scene.ts';
import { connectionOf, scenes, standing, writeCalls } from '../../support/scene.ts';
import {
  contactRecord,
  contactTrail,
  editContact,
  emptyBooks,
  enterSupplier,
  syncContacts,
  vendorSyncs,
  vendorsCalled,
} from '../../support/suppliers.ts';

const newScene = scenes();
const MINUTE = 60_000;

async function bringing(options: SceneOptions = {}): Promise<Scene> {
  const scene = await newScene({ ...options, settings: { contacts: 'suppliers', ...options.settings } });
  emptyBooks(scene);
  return scene;
}

const codes = async (scene: Scene) =>
  (await scene.deployment.documents.list(scene.connectionId))
    .map(({ number, state, code }) => [number, state, code])
    .toSorted();

describe('a connection that brings all suppliers', () => {
  it('makes vendors of them in one call after connecting, and says of every contact what became of it', async () => {
    const scene = await bringing();
    const before = scene.company.vendors.size;
    for (let number = 1; number <= 50; number += 1) {
      enterSupplier(scene, { Name: `Supplier ${number}`, IsSupplier: number <= 40 });
    }
    enterSupplier(scene, { Name: 'ACME Concrete, L.L.C.' });
    enterSupplier(scene, { Name: 'Old Quarry', ContactStatus: 'ARCHIVED' });
    enterSupplier(scene, { Name: 'Bluebonnet Electric Suply' });
    await pollDueConnections(scene.deployment);

    expect(scene.company.vendors.size).toBe(before + 40);
    expect(vendorSyncs(scene)).toBe(1);
    const records = await scene.deployment.documents.list(scene.connectionId);
    const counts = Map.groupBy(records, ({ state, code = '' }) => `${state} ${code}`);
    expect(Object.fromEntries([...counts].map(([what, some]) => [what, some.length]))).toEqual({
      'posted ': 41,
      'left-out contact-not-supplier': 10,
      'left-out contact-archived': 1,
      'parked vendor-ambiguous': 1,
    });
    const acme = records.find(({ number }) => number.startsWith('ACME'))!;
    expect(acme).toMatchObject({ kind: 'contact', supplier: 'ACME Concrete, L.L.C.', total: '0.00' });
    expect(acme.procore).toEqual([
      { type: 'vendor', id: String(vendorsCalled(scene, 'Acme Concrete, LLC')[0]!.id) },
    ]);
    const trail = await scene.deployment.audit.list(scene.connectionId, acme.id);
    expect(trail.map(({ event }) => event)).toEqual(['received', 'fetched', 'written', 'posted']);
    expect(verify(trail)).toBeUndefined();
  });

  it('reads the whole list once and then daily, changed ones hourly, and does nothing twice', async () => {
    const scene = await bringing();
    enterSupplier(scene, { Name: 'Pecan Millwork' });
    const lists = () => scene.demo.xero.calls.count('GET /Contacts');
    await pollDueConnections(scene.deployment);
    // The list itself, and once what was merged meanwhile, before anybody is made.
    expect([lists(), vendorSyncs(scene)]).toEqual([2, 1]);
    scene.clock.advance(20 * MINUTE);
    await pollDueConnections(scene.deployment);
    expect(lists()).toBe(2);

    const silent = enterSupplier(scene, { Name: 'Sotol Roofing', IsSupplier: false });
    scene.clock.advance(60 * MINUTE);
    await pollDueConnections(scene.deployment);
    expect(lists()).toBe(3);
    expect(await contactRecord(scene, silent)).toMatchObject({ code: 'contact-not-supplier' });

    // Xero makes it a supplier with its first bill, and says so nowhere.
    const { contacts } = [...scene.demo.xero.organisations.values()][0]!;
    contacts.get(silent.ContactID)!.IsSupplier = true;
    scene.clock.advance(60 * MINUTE);
    await pollDueConnections(scene.deployment);
    expect(vendorsCalled(scene, 'Sotol Roofing')).toHaveLength(0);
    const writes = writeCalls(scene);
    await sweepConnections(scene.deployment);
    expect(vendorsCalled(scene, 'Sotol Roofing')).toHaveLength(1);
    await sweepConnections(scene.deployment);
    expect(writeCalls(scene)).toBe(writes + 1);
    expect((await contactTrail(scene, silent)).map(({ event }) => event)).toEqual([
      'received',
      'fetched',
      'left-out',
      'received',
      'fetched',
      'written',
      'posted',
    ]);
  });

  it('brings what a webhook names, all of a batch in one call to each side', async () => {
    const scene = await bringing();
    const suppliers = [1, 2, 3, 4, 5].map((number) => enterSupplier(scene, { Name: `Yard ${number}` }));
    const calls = scene.demo.xero.calls.count('GET /Contacts');
    expect(await syncContacts(scene, ...suppliers, suppliers[0]!)).toEqual(Array(6).fill('done'));
    // One for the five, one for what was merged meanwhile.
    expect(scene.demo.xero.calls.count('GET /Contacts')).toBe(calls + 2);
    expect(vendorSyncs(scene)).toBe(1);
    expect(vendorsCalled(scene, 'Yard 5')).toHaveLength(1);
  });

  it('parks the one that Procore refuses with its reason, and makes the others', async () => {
    const scene = await bringing({ procore: { unverified: { vendorNameLength: 20 } } });
    const long = enterSupplier(scene, { Name: 'The Rather Long-Winded Plumbing Company' });
    const short = enterSupplier(scene, { Name: 'Brief Plumbing' });
    await syncContacts(scene, long, short);
    expect(await contactRecord(scene, long)).toMatchObject({
      state: 'parked',
      code: 'procore-refused',
      message: expect.stringContaining('too long'),
      facts: { contact: long.ContactID, supplier: long.Name },
    });
    expect(await contactRecord(scene, short)).toMatchObject({ state: 'posted' });
  });

  it('finds the one that makes Procore refuse the whole call', async () => {
    const scene = await bringing();
    const suppliers = [1, 2, 3, 4, 5].map((number) => enterSupplier(scene, { Name: `Yard ${number}` }));
    scene.demo.procore.faults.add({
      method: 'PATCH',
      path: '/rest/v1.0/vendors/sync',
      effect: { status: 400 },
      times: 1,
    });
    await syncContacts(scene, ...suppliers);
    expect(vendorSyncs(scene)).toBe(3);
    expect(await codes(scene)).toEqual(suppliers.map(({ Name }) => [Name, 'posted', undefined]));
  });

  it('makes one vendor of two contacts that are called alike, and asks about one that is only near', async () => {
    const scene = await bringing();
    const [one, same, near] = ['Mesquite Supply Ltd', 'MESQUITE SUPPLY LIMITED', 'Mesqite Supply Ltd'].map(
      (Name) => enterSupplier(scene, { Name }),
    );
    await syncContacts(scene, one!, same!, near!);
    const [vendor] = vendorsCalled(scene, 'Mesquite Supply Ltd');
    const stands = { state: 'posted', procore: [{ type: 'vendor', id: String(vendor!.id) }] };
    expect(await contactRecord(scene, one!)).toMatchObject(stands);
    expect(await contactRecord(scene, same!)).toMatchObject(stands);
    expect(await contactRecord(scene, near!)).toMatchObject({ state: 'parked', code: 'vendor-ambiguous' });
  });

  it('writes nothing on a dry run, and everything once that is over', async () => {
    const scene = await bringing({ settings: { dryRun: true } });
    const supplier = enterSupplier(scene, { Name: 'Agave Paint' });
    const known = enterSupplier(scene, { Name: 'Acme Concrete, LLC' });
    await pollDueConnections(scene.deployment);
    expect(writeCalls(scene)).toBe(0);
    expect(await contactRecord(scene, supplier)).toMatchObject({
      code: 'dry-run',
      message: expect.stringContaining('create-vendor'),
    });
    expect(await scene.deployment.links.vendors(scene.connectionId)).toEqual([]);

    const connection = (await scene.deployment.connections.get(scene.connectionId))!;
    const settings = { ...connection.settings, dryRun: false };
    await scene.deployment.connections.update({ ...connection, settings });
    await pollConnection(await connectionOf(scene), scene.deployment, { full: true });
    expect(await contactRecord(scene, supplier)).toMatchObject({ state: 'posted' });
    expect(await contactRecord(scene, known)).toMatchObject({ state: 'posted' });
  });

  it('stops before its time is up, and goes on at the next look', async () => {
    const scene = await bringing();
    for (let number = 1; number <= 210; number += 1) {
      enterSupplier(scene, { Name: `Supplier ${number}`, IsSupplier: number % 100 === 5 });
    }
    let looks = 0;
    const shortly = () => {
      looks += 1;
      return looks > 2 ? 30 : 600;
    };
    await pollDueConnections(scene.deployment, shortly);
    expect((await scene.deployment.documents.list(scene.connectionId)).length).toBe(200);
    expect((await scene.deployment.cursors.get(scene.connectionId)).suppliers).toBeUndefined();
    scene.clock.advance(MINUTE);
    await pollDueConnections(scene.deployment);
    expect((await scene.deployment.documents.list(scene.connectionId)).length).toBe(210);
    expect([1, 105, 205].map((number) => vendorsCalled(scene, `Supplier ${number}`).length)).toEqual([
      0, 1, 1,
    ]);
  });

  it('breaks off where Procore takes no more for now, and goes on at the next look', async () => {
    const scene = await bringing();
    const known = enterSupplier(scene, { Name: 'Acme Concrete LLC' });
    const fresh = enterSupplier(scene, { Name: 'Agave Paint' });
    scene.demo.procore.faults.add({
      path: '/rest/v1.0/vendors/sync',
      effect: { status: 429, headers: { 'Retry-After': '1800' } },
      times: 1,
    });
    await pollDueConnections(scene.deployment);
    expect(await contactRecord(scene, known)).toMatchObject({ state: 'posted' });
    expect(await contactRecord(scene, fresh)).toBeUndefined();
    expect(await scene.deployment.queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    scene.clock.advance(30 * MINUTE);
    await pollDueConnections(scene.deployment);
    expect(await contactRecord(scene, fresh)).toMatchObject({ state: 'posted' });
  });

  it('takes up an order that waited for its supplier as soon as that is a vendor', async () => {
    const scene = await bringing();
    const supplier = enterSupplier(scene, { Name: 'Bluebonnet Electric Suply' });
    const order = enterOrder(scene, { Contact: { ContactID: supplier.ContactID } });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({
      code: 'vendor-ambiguous',
      facts: { contact: supplier.ContactID, supplier: 'Bluebonnet Electric Suply' },
    });
    await syncContacts(scene, editContact(scene, supplier, { Name: 'Bluebonnet Electric Supply' }));
    expect(await scene.deployment.queue.depth()).toMatchObject({ visible: 1 });
    expect(await contactRecord(scene, supplier)).toMatchObject({ state: 'posted' });
    await sync(scene, order);
    expect(standing(scene)).toMatchObject([{ vendor: 'Bluebonnet Electric Supply' }]);
  });
});

describe('a connection that goes back to the suppliers that documents use', () => {
  it('leaves the vendors, and no question of a contact open', async () => {
    const scene = await bringing();
    const [made, asked] = ['Agave Paint', 'Bluebonnet Electric Suply'].map((Name) =>
      enterSupplier(scene, { Name }),
    );
    await pollDueConnections(scene.deployment);
    expect(await contactRecord(scene, asked!)).toMatchObject({ state: 'parked' });
    const connection = (await scene.deployment.connections.get(scene.connectionId))!;
    const settings = { ...connection.settings, contacts: 'used' as const };
    await scene.deployment.connections.update({ ...connection, settings });
    await sweepConnections(scene.deployment);
    expect(await contactRecord(scene, asked!)).toMatchObject({ state: 'left-out', code: 'contact-not-used' });
    expect(await contactRecord(scene, made!)).toMatchObject({ code: 'contact-not-used' });
    expect(vendorsCalled(scene, 'Agave Paint')).toHaveLength(1);
  });

  it('and then asks for all of them again, has those brought at once that came meanwhile', async () => {
    const scene = await bringing();
    enterSupplier(scene, { Name: 'Agave Paint' });
    await pollDueConnections(scene.deployment);
    const reconnect = async (contacts: 'used' | 'suppliers') => {
      const { connectionFile: file, xero } = scene.demo;
      const refreshToken = xero.authorise(file.xero.clientId, file.xero.tenantId);
      const again = {
        ...file,
        xero: { ...file.xero, refreshToken },
        settings: { ...file.settings, contacts },
      };
      scene.clock.advance(60 * MINUTE);
      await connect(again, scene.deployment);
    };
    await reconnect('used');
    enterSupplier(scene, { Name: 'Sotol Roofing' });
    scene.clock.advance(10 * MINUTE);
    await sweepConnections(scene.deployment);
    expect(vendorsCalled(scene, 'Sotol Roofing')).toHaveLength(0);
    await reconnect('suppliers');
    await pollDueConnections(scene.deployment);
    expect(vendorsCalled(scene, 'Sotol Roofing')).toHaveLength(1);
  });

  it('makes nothing of a contact that no document uses', async () => {
    const scene = await newScene();
    emptyBooks(scene);
    const supplier = enterSupplier(scene, { Name: 'Agave Paint' });
    const calls = scene.demo.xero.calls.count('GET /Contacts');
    await syncContacts(scene, supplier);
    await pollDueConnections(scene.deployment);
    expect(scene.demo.xero.calls.count('GET /Contacts')).toBe(calls);
    expect(await contactRecord(scene, supplier)).toBeUndefined();
    expect(vendorSyncs(scene)).toBe(0);
  });
});
