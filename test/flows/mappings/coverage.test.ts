import { beforeEach, describe, expect, it } from '@jest/globals';
import { mappingCoverage } from '../../../lib/flows/mappings/coverage.ts';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import { categoryId, optionId } from '../../../lib/sandbox/seed/xero-lines.ts';
import { accountId } from '../../../lib/sandbox/seed/xero-reference.ts';
import { enterOrder, lump, supplier, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes } from '../../support/scene.ts';

const { tenantId, procoreCompanyId } = CONTRACTOR;

const openScene = scenes();
let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});

const coverage = async (days = 90) =>
  mappingCoverage(await connectionOf(scene), days, scene.deployment, () => {});
const found = async (days?: number) =>
  (await coverage(days)).gaps.map(({ what, lacks, lines, documents, money }) => [
    what,
    lacks,
    lines,
    documents,
    money.USD?.toFixed(2),
  ]);

describe('the coverage of what Xero showed of late', () => {
  it('counts orders and bills, with what lacks and the money on it', async () => {
    const report = await coverage();
    expect(report).toMatchObject({
      days: 90,
      since: '2026-08-24T09:00:00.000Z',
      currency: 'USD',
      share: 99,
      unasked: [],
    });
    expect(report.documents).toBeGreaterThan(80);
    expect(await found()).toEqual([
      ['Project=Harbor Point Garage', 'no project', 2, 2, '5850.00'],
      ['account 5900', 'no rule', 2, 2, '1236.80'],
    ]);
    expect(report.all.money.CAD?.toFixed(2)).toBe('122251.00');
  });

  it('looks back no further than it is told, and leaves out what was deleted or voided', async () => {
    expect(await found(7)).toEqual([]);
    const order = enterOrder(scene, { LineItems: [lump('5900', 'To be split', 10)] });
    expect(await found(7)).toEqual([['account 5900', 'no rule', 1, 1, '10.00']]);
    scene.demo.xero.savePurchaseOrder(tenantId, {
      PurchaseOrderID: order.PurchaseOrderID,
      Status: 'DELETED',
    });
    expect(await found(7)).toEqual([]);
  });

  it('is complete once the rules are there', async () => {
    const { connectionId, deployment } = scene;
    await importMappings(connectionId, `${RULES_CSV}5900,,,,01-410,O,,,\n`, deployment);
    await importProjects(connectionId, `${PROJECTS_CSV}Project,Harbor Point Garage,1051\n`, deployment);
    expect(await coverage()).toMatchObject({ share: 100, gaps: [] });
  });

  it('names contacts without a vendor link, and what would become of them', async () => {
    const byName = async () => new Map((await coverage()).contacts.map((it) => [it.name, it.becomes]));
    expect(await byName()).toEqual(
      new Map(
        Object.entries({
          'Rio Grande Plumbing & Mechanical, LLC': 'Rio Grande Plumbing and Mechanical, by its name',
          'Hill Country Steel Fabricators, Inc.': 'HILL COUNTRY STEEL FABRICATORS, by its name',
          'Travis Roofing & Sheet Metal': 'a new vendor',
          'Pecan Valley Drywall': 'Pecan Valley Drywall, Inc., by its name',
          'Lone Star Lumber & Supply Inc': 'Lone Star Lumber and Supply, Inc., by its name',
          'Bluebonnet Electric Supply': 'Bluebonnet Electric Supply, by its name',
          'ACME Concrete LLC': 'Acme Concrete, LLC, by its name',
          'Lakeline Painting Contractors LLC': 'a new vendor',
          'Brazos Excavating': 'not certain: Brazos Excavating, LLC or Brazos Excavating Inc.',
          'Capitol Equipment Rentals, Inc.': 'a new vendor',
          'Maple Leaf Millwork Ltd.': 'a new vendor',
        }),
      ),
    );
    await sync(scene, enterOrder(scene, { Contact: supplier('capitol') }));
    expect((await byName()).has('Capitol Equipment Rentals, Inc.')).toBe(false);
  });

  it('names rows about what is gone, archived or closed, by what it is called now', async () => {
    expect((await coverage()).stale).toEqual([]);
    scene.demo.xero.saveAccount(tenantId, { AccountID: accountId('5300'), Code: '5333', Status: 'ARCHIVED' });
    scene.demo.xero.saveTrackingCategory(tenantId, {
      TrackingCategoryID: categoryId('Project'),
      Name: 'Project',
      Options: ['Riverside Medical', 'Oak Street Apts'].map((Name) => ({
        TrackingOptionID: optionId('Project', Name),
        Name,
      })),
    });
    scene.demo.procore.people(procoreCompanyId).setProjectActive(PROJECTS.oak.id, false);
    const { stale } = await coverage();
    expect(stale.map(({ table, row, says, why }) => [table, row, says, why])).toEqual([
      [
        'cost-codes',
        5,
        '5000 / TIM-* / * / 1047 → 06-110 M (On Oak Street all lumber is wood framing)',
        'project 1047 is inactive in Procore',
      ],
      ['cost-codes', 24, '5333 / * / * / * → 01-410 O', 'account 5300 is archived in Xero'],
      [
        'projects',
        3,
        'Project=Oak Street Apts → Oak Street Apartments',
        'project Oak Street Apartments is inactive in Procore',
      ],
      [
        'projects',
        4,
        'Project=Cedar Elementary → 1051',
        'tracking option Project=Cedar Elementary is not in Xero',
      ],
    ]);
  });

  it('names rows that decided about no line', async () => {
    const idle = (await coverage(7)).idle;
    expect(idle.length).toBeGreaterThan(10);
    expect(idle).toContainEqual({ table: 'cost-codes', row: 24, says: '5300 / * / * / * → 01-410 O' });
    expect((await coverage(400)).idle).toMatchObject([{ row: 22 }]);
  });

  it('goes on where Procore does not answer, with what the tables say, and tells it', async () => {
    scene.demo.procore.faults.add({ path: /projects|vendors/, effect: { status: 503 } });
    const report = await coverage();
    expect(report.unasked).toEqual([expect.stringMatching(/^Procore could not be asked/)]);
    expect(report.share).toBe(99);
    expect(report.contacts[0]).not.toHaveProperty('becomes');
  });
});
