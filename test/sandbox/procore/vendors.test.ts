import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { openSandbox, seeded } from './open-sandbox.ts';
import { COMPANY, PROJECT } from './sample-company.ts';

let sandbox: ProcoreSandbox;
afterEach(() => sandbox.close());

const VENDORS = '/rest/v1.0/vendors';
const LIST = `${VENDORS}?company_id=${COMPANY}`;

const vendorBody = (vendor: object) => ({ company_id: COMPANY, vendor });
const syncBody = (...updates: object[]) => ({ company_id: COMPANY, updates });

describe('vendors', () => {
  it('get ids above 32 bits and are found by origin_id, id and words', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const vendor = { name: 'Delta Pumps', notes: 'pumps and valves', origin_id: 'xero:contact:1' };
    const { status, body } = await caller.post(VENDORS, vendorBody(vendor));
    expect(status).toBe(201);
    expect(body.id).toBeGreaterThan(2 ** 32);
    for (const filter of ['[origin_id]=xero:contact:1', `[id][]=${body.id}`, '[search]=VALVES']) {
      expect((await caller.get(`${LIST}&filters${filter}`)).body).toMatchObject([{ id: body.id }]);
    }
  });

  it('carry all fields by default and only the name in the compact view', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    expect((await caller.get(`${LIST}&filters[search]=north`)).body[0]).toMatchObject({
      origin_id: 'erp:7',
      city: null,
    });
    const { body } = await caller.get(`${LIST}&view=compact`);
    expect(Object.keys(body[0])).toEqual(['id', 'name']);
  });

  it('are renamed by PATCH, whoever is unknown is a 404', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { vendor } = seeded(sandbox);
    await caller.patch(`${VENDORS}/${vendor}`, vendorBody({ name: 'ABC Concrete LLC' }));
    expect((await caller.get(`${LIST}&filters[id]=${vendor}`)).body[0].name).toBe('ABC Concrete LLC');
    expect((await caller.patch(`${VENDORS}/1`, vendorBody({ name: 'Nobody' }))).status).toBe(404);
  });

  it('that are inactive stand in a list of their own', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { vendor } = seeded(sandbox);
    const inactive = `/rest/v1.0/companies/${COMPANY}/vendors/inactive`;
    const ids = async (path: string) => (await caller.get(path)).body.map(({ id }: { id: number }) => id);
    expect(await ids(inactive)).toEqual([]);
    sandbox.people(COMPANY).setVendorActive(vendor, false);
    expect(await ids(inactive)).toEqual([vendor]);
    expect(await ids(LIST)).not.toContain(vendor);
    sandbox.people(COMPANY).setVendorActive(vendor, true);
    expect(await ids(inactive)).toEqual([]);
    sandbox.people(COMPANY).deleteVendor(vendor);
    expect(await ids(LIST)).not.toContain(vendor);
    expect(await ids(`/rest/v1.1/projects/${PROJECT}/vendors`)).toEqual([]);
  });

  it('cannot share a name, unless Procore should allow it', async () => {
    let caller = await openSandbox();
    ({ sandbox } = caller);
    const twin = vendorBody({ name: 'abc concrete' });
    const refused = await caller.post(VENDORS, twin);
    expect(refused).toMatchObject({ status: 422, body: { errors: { name: ['has already been taken'] } } });
    await sandbox.close();
    caller = await openSandbox({ unverified: { vendorNamesUnique: false } });
    ({ sandbox } = caller);
    expect((await caller.post(VENDORS, twin)).status).toBe(201);
  });

  it('have names that are neither blank nor longer than Procore may hold', async () => {
    const caller = await openSandbox({ unverified: { vendorNameLength: 3 } });
    ({ sandbox } = caller);
    expect((await caller.post(VENDORS, vendorBody({ name: '🚧🚧🚧' }))).status).toBe(201);
    const long = await caller.post(VENDORS, vendorBody({ name: 'Fern' }));
    expect(long.body).toEqual({ errors: { name: ['is too long (maximum is 3 characters)'] } });
    expect((await caller.post(VENDORS, vendorBody({ name: '  ' }))).status).toBe(422);
  });

  it('refuse values of the wrong kind, naming the field', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const wrong = await caller.post(VENDORS, vendorBody({ name: 5, is_active: 'yes' }));
    expect(wrong.status).toBe(400);
    expect(Object.keys(wrong.body.errors)).toEqual(['name', 'is_active']);
    expect((await caller.post(VENDORS, vendorBody({ name: 'X', country_code: 'Germany' }))).status).toBe(422);
    expect((await caller.post(VENDORS, vendorBody({ city: 'Austin' }))).status).toBe(422);
  });
});

describe('a sync of vendors', () => {
  it('creates by a new origin_id and updates by a known one', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const first = await caller.patch(`${VENDORS}/sync`, syncBody({ name: 'Echo Glass', origin_id: 'c:1' }));
    const again = await caller.patch(`${VENDORS}/sync`, syncBody({ origin_id: 'c:1', city: 'Reno' }));
    expect(again.body).toMatchObject({
      entities: [{ id: first.body.entities[0].id, city: 'Reno' }],
      errors: [],
    });
  });

  it('creates again and again what has neither id nor origin_id', async () => {
    const caller = await openSandbox({ unverified: { vendorNamesUnique: false } });
    ({ sandbox } = caller);
    const { body } = await caller.patch(`${VENDORS}/sync`, syncBody({ name: 'Fern' }, { name: 'Fern' }));
    expect(body.entities).toHaveLength(2);
  });

  it('answers 200 with the failed items as they were sent', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const taken = { name: 'ABC Concrete', origin_id: 'c:2' };
    const unknown = { id: 12, name: 'Ghost' };
    const answer = await caller.patch(
      `${VENDORS}/sync`,
      syncBody(taken, unknown, { name: 'Good', origin_id: 'c:3' }),
    );
    expect(answer.status).toBe(200);
    expect(answer.body.entities).toMatchObject([{ name: 'Good' }]);
    expect(answer.body.errors).toEqual([
      { ...taken, errors: { name: ['has already been taken'] } },
      { ...unknown, errors: { id: ['Entity with this ID not found'] } },
    ]);
  });

  it('changes an origin_id where the id is sent too', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { outsider } = seeded(sandbox);
    await caller.patch(`${VENDORS}/sync`, syncBody({ id: outsider, origin_id: 'c:9' }));
    expect((await caller.get(`${LIST}&filters[origin_id]=c:9`)).body).toMatchObject([{ id: outsider }]);
    expect((await caller.get(`${LIST}&filters[origin_id]=erp:7`)).body).toEqual([]);
  });

  it('takes at most a thousand items', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const updates = Array.from({ length: 1001 }, (_, index) => ({
      name: `V${index}`,
      origin_id: `c:${index}`,
    }));
    expect((await caller.patch(`${VENDORS}/sync`, syncBody(...updates))).status).toBe(413);
  });
});

describe('an origin_id', () => {
  const contract = { project_id: PROJECT, purchase_order_contract: { title: 'Steel', origin_id: 'erp:7' } };

  it('stands once in a company, across kinds of records', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { status, body } = await caller.post('/rest/v1.0/purchase_order_contracts', contract);
    expect([status, body]).toEqual([422, { errors: { origin_id: ['has already been taken'] } }]);
  });

  it('may stand once per kind where Procore counts that way', async () => {
    const caller = await openSandbox({ unverified: { originIdScope: 'type' } });
    ({ sandbox } = caller);
    expect((await caller.post('/rest/v1.0/purchase_order_contracts', contract)).status).toBe(201);
    expect((await caller.post(VENDORS, vendorBody({ name: 'New', origin_id: 'erp:7' }))).status).toBe(422);
  });
});

describe("a project's directory", () => {
  const DIRECTORY = `/rest/v1.1/projects/${PROJECT}/vendors`;

  it('takes a vendor of the company, and the same once more', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { vendor, outsider } = seeded(sandbox);
    expect((await caller.post(`${DIRECTORY}/${outsider}/actions/add`)).status).toBe(201);
    expect((await caller.post(`${DIRECTORY}/${outsider}/actions/add`)).status).toBe(201);
    expect((await caller.post(`${DIRECTORY}/1/actions/add`)).status).toBe(404);
    expect((await caller.get(`${DIRECTORY}?view=ids_only`)).body).toEqual([{ id: vendor }, { id: outsider }]);
    expect((await caller.get(`${DIRECTORY}?filters[search]=north`)).body).toMatchObject([{ id: outsider }]);
  });

  it('may refuse a vendor that it already holds', async () => {
    const caller = await openSandbox({ unverified: { vendorAlreadyInProject: 'refused' } });
    ({ sandbox } = caller);
    expect((await caller.post(`${DIRECTORY}/${seeded(sandbox).vendor}/actions/add`)).status).toBe(422);
  });
});
