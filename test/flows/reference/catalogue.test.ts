import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Catalogue } from '../../../lib/flows/reference/catalogue.ts';
import { openCatalogue } from '../../../lib/flows/reference/catalogue.ts';
import { refreshList } from '../../../lib/flows/reference/refresh-list.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes } from '../../support/scene.ts';

const openScene = scenes();
const RIVERSIDE = String(PROJECTS.riverside.id);
const OAK = String(PROJECTS.oak.id);
const VENDORS = 'GET /rest/v1.0/vendors';
const COST_CODES = 'GET /rest/v1.0/cost_codes';

let scene: Scene;
let catalogue: Catalogue;
beforeEach(async () => {
  scene = await openScene();
  catalogue = await open();
});

const open = async () => openCatalogue(scene.deployment, await connectionOf(scene));
const people = () => scene.demo.procore.people(CONTRACTOR.procoreCompanyId);
const calls = (endpoint: string) => scene.demo.procore.calls.get(endpoint) ?? 0;
const kept = () => scene.deployment.snapshots.get(scene.connectionId, 'procore/vendors');
const refresh = async () =>
  refreshList(scene.deployment, await connectionOf(scene), 'procore/vendors', { told: true });

describe('a list of the catalogue', () => {
  it('is asked for at its vendor once, kept, and answered from the table from then on', async () => {
    const vendors = await catalogue.entries('procore/vendors');
    expect(vendors).toHaveLength(scene.company.vendors.size);
    expect(await catalogue.entries('procore/vendors')).toBe(vendors);
    expect(await (await open()).entries('procore/vendors')).toEqual(vendors);
    expect(calls(VENDORS)).toBe(1);
    expect(await kept()).toEqual({ fetchedAt: scene.clock.now().toISOString(), entries: vendors });
  });

  it('is one per project where it is of projects', async () => {
    const riverside = await catalogue.entries('procore/cost-codes/P', RIVERSIDE);
    expect(await catalogue.entries('procore/cost-codes/P', OAK)).not.toEqual(riverside);
    expect(calls(COST_CODES)).toBe(2);
  });

  it('is asked for again after a day and a bit, and the picture left to the refresher', async () => {
    await catalogue.entries('procore/vendors');
    const before = await kept();
    people().addVendor({ name: 'Juniper Roofing' });
    scene.clock.advance(25 * 3_600_000);
    expect(await (await open()).entries('procore/vendors')).toEqual(before!.entries);
    scene.clock.advance(2 * 3_600_000);
    expect(await (await open()).entries('procore/vendors')).toHaveLength(before!.entries.length + 1);
    expect(await kept()).toEqual(before);
  });

  it('comes fresh from the vendor on demand, once for each piece of work', async () => {
    await (await open()).entries('procore/vendors');
    people().addVendor({ name: 'Juniper Roofing' });
    const stale = await catalogue.entries('procore/vendors');
    const fresh = await catalogue.fresh('procore/vendors');
    expect(fresh).toHaveLength(stale.length + 1);
    expect(await catalogue.entries('procore/vendors')).toBe(fresh);
    expect(await catalogue.fresh('procore/vendors')).toBe(fresh);
    expect(calls(VENDORS)).toBe(2);
    expect((await kept())!.entries).toEqual(stale);
  });

  it('is kept by the first of two that read it at once', async () => {
    const other = await open();
    const [one, two] = await Promise.all([
      catalogue.entries('procore/vendors'),
      other.entries('procore/vendors'),
    ]);
    expect(one).toEqual(two);
    expect((await kept())!.entries).toEqual(one);
  });

  it('that cannot be read is not kept as empty', async () => {
    scene.demo.procore.faults.add({ path: '/rest/v1.0/vendors', effect: { status: 403, body: '{}' } });
    await expect(catalogue.entries('procore/vendors')).rejects.toMatchObject({ code: 'procore-forbidden' });
    expect(await kept()).toBeUndefined();
  });
});

describe('a doubt', () => {
  it('reads again what the table answered, and says whether it was right', async () => {
    await refresh();
    const stale = await catalogue.entries('procore/vendors');
    expect(await catalogue.doubt(['procore/vendors'], [])).toBe(false);
    people().addVendor({ name: 'Juniper Roofing' });
    const later = await open();
    await later.entries('procore/vendors');
    expect(await later.doubt(['procore/vendors'], [])).toBe(true);
    expect(await later.entries('procore/vendors')).toHaveLength(stale.length + 1);
    // Whoever was misled at the same time is told so, too, and nothing is read for it.
    expect(await later.doubt(['procore/vendors'], [])).toBe(true);
    expect(calls(VENDORS)).toBe(3);
  });

  it('asks for nothing that was never asked for, or that the vendor itself has just said', async () => {
    expect(await catalogue.doubt(['procore/vendors', 'procore/cost-codes/P'], [RIVERSIDE])).toBe(false);
    await catalogue.entries('procore/cost-codes/P', RIVERSIDE);
    const before = calls(COST_CODES);
    expect(await catalogue.doubt(['procore/cost-codes/P'], [RIVERSIDE])).toBe(false);
    expect([calls(VENDORS), calls(COST_CODES)]).toEqual([0, before]);
  });

  it('is about the projects that it names alone', async () => {
    for (const id of [RIVERSIDE, OAK]) await (await open()).entries('procore/cost-codes/P', id);
    for (const id of [RIVERSIDE, OAK]) await catalogue.entries('procore/cost-codes/P', id);
    people().addCostCode(PROJECTS.oak.id, { code: '88-100', name: 'Waivers' });
    expect(await catalogue.doubt(['procore/cost-codes/P'], [RIVERSIDE])).toBe(false);
    expect(calls(COST_CODES)).toBe(3);
    expect(await catalogue.doubt(['procore/cost-codes/P'], [OAK])).toBe(true);
  });

  it('leaves the answer as it was where the vendor does not say', async () => {
    await (await open()).entries('procore/vendors');
    const stale = await catalogue.entries('procore/vendors');
    scene.demo.procore.faults.add({ path: '/rest/v1.0/vendors', effect: { status: 403, body: '{}' } });
    await expect(catalogue.doubt(['procore/vendors'], [])).rejects.toMatchObject({
      code: 'procore-forbidden',
    });
    expect(await catalogue.entries('procore/vendors')).toBe(stale);
  });
});
