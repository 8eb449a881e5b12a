import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DocumentRecord } from '../../../lib/core/links.ts';
import { connect } from '../../../lib/flows/connect/connect.ts';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { doctor } from '../../../lib/flows/doctor/doctor.ts';
import type { Finding } from '../../../lib/flows/doctor/finding.ts';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import type { DemoVendors } from '../../../lib/sandbox/demo-vendors.ts';
import { startDemoVendors } from '../../../lib/sandbox/demo-vendors.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { UNREADABLE } from '../../../lib/store/documents.ts';
import type { TestClock } from '../../support/clock.ts';
import { testClock } from '../../support/clock.ts';
import type { TestCloud } from '../../support/world.ts';
import { startTestCloud, testDeployment } from '../../support/world.ts';

let cloud: TestCloud;
let clock: TestClock;
let vendors: DemoVendors;
let deployment: Deployment;
let connectionId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());
beforeEach(async () => {
  clock = testClock('2026-11-22T09:00:00.000Z');
  vendors = await startDemoVendors({ clock });
  deployment = await testDeployment(cloud, clock, {
    xeroUrl: vendors.xero.url,
    procoreUrl: vendors.procore.url,
  });
  ({ connectionId } = await connect(vendors.connectionFile, deployment));
  await importMappings(connectionId, RULES_CSV, deployment);
  await importProjects(connectionId, PROJECTS_CSV, deployment);
});
afterEach(() => vendors.close());

const about = async (check: string): Promise<Finding> => {
  const found = (await doctor(deployment)).filter((finding) => finding.check === check);
  expect(found).toHaveLength(1);
  return found[0]!;
};
const parked = (owner: string, id: string, code: string): DocumentRecord => ({
  connectionId: owner,
  kind: 'purchase-order',
  id,
  number: id,
  supplier: '',
  state: 'parked',
  code,
  total: '0.00',
  currency: 'USD',
  version: '',
  procore: [],
  decidedAt: '2026-11-22T09:00:00.000Z',
});
const connection = async () => (await deployment.connections.get(connectionId))!;

describe('doctor', () => {
  it('finds nothing wrong with a fresh connection, but says what is worth knowing', async () => {
    const findings = await doctor(deployment);
    expect(findings.map(({ check, level }) => `${check}: ${level}`)).toEqual([
      'connection: ok',
      'xero token: ok',
      'xero organisation: ok',
      'xero tenant: ok',
      'procore token: ok',
      'procore company: ok',
      'named projects: ok',
      'billing periods: warning',
      'cost code rules: ok',
      'projects table: ok',
      'poll: warning',
      'parked documents: ok',
      'queue: ok',
      'unreadable messages: ok',
    ]);
    expect(findings.every(({ ok }) => ok)).toBe(true);
    expect(findings[7]).toMatchObject({
      connection: 'Harlan & Reyes Builders',
      says: 'No billing period is open in Cedar Elementary School Renovation; orders get no draft requisition there.',
      fix: expect.stringContaining('Open a billing period'),
    });
  });

  it('says that nothing is connected', async () => {
    const empty = await testDeployment(cloud, clock, {
      xeroUrl: vendors.xero.url,
      procoreUrl: vendors.procore.url,
    });
    expect((await doctor(empty))[0]).toMatchObject({
      check: 'connections',
      ok: false,
      code: 'connection-missing',
    });
  });

  it('tells a lost Xero consent, and still looks at Procore', async () => {
    vendors.xero.disconnect(DEMO_CREDENTIALS.xero.clientId, CONTRACTOR.tenantId);
    expect(await about('xero organisation')).toMatchObject({ ok: false, code: 'xero-disconnected' });
    expect(await about('xero tenant')).toMatchObject({ ok: false, code: 'xero-disconnected' });
    expect(await about('procore company')).toMatchObject({ ok: true });
  });

  it('tells Procore credentials that stopped working', async () => {
    clock.advance(100 * 60_000);
    vendors.procore.registerServiceAccount({
      clientId: DEMO_CREDENTIALS.procore.clientId,
      clientSecret: 'rotated',
      companyId: CONTRACTOR.procoreCompanyId,
      permittedProjectIds: 'all',
    });
    expect(await about('procore token')).toMatchObject({ ok: false, code: 'procore-client-refused' });
    expect((await doctor(deployment)).map(({ check }) => check)).not.toContain('named projects');
  });

  it('takes an outage of a vendor for what it is', async () => {
    const away = { ...deployment, vendors: { ...deployment.vendors, procoreApiUrl: 'http://127.0.0.1:9' } };
    const found = (await doctor(away)).find(({ check }) => check === 'procore company');
    expect(found).toMatchObject({ level: 'warning', ok: true, code: 'procore-unavailable' });
  });

  it('names mapped projects that Procore does not show', async () => {
    vendors.procore.permit(DEMO_CREDENTIALS.procore.clientId, [598134325511042]);
    expect(await about('named projects')).toMatchObject({
      ok: false,
      code: 'project-not-visible',
      says: expect.stringContaining('Oak Street Apartments, 1051, 1047'),
    });
    vendors.procore.permit(DEMO_CREDENTIALS.procore.clientId, []);
    expect(await about('procore company')).toMatchObject({ ok: false, code: 'procore-forbidden' });
  });

  it('tells tables that were never imported', async () => {
    const header = RULES_CSV.split('\n')[0]!;
    await importMappings(connectionId, header, deployment);
    await importProjects(connectionId, 'tracking_category,tracking_option,procore_project', deployment);
    expect(await about('cost code rules')).toMatchObject({
      ok: false,
      fix: expect.stringContaining('mappings import'),
    });
    expect(await about('projects table')).toMatchObject({ ok: false });
    const now = await connection();
    await deployment.connections.update({ ...now, settings: { ...now.settings, defaultProject: '1042' } });
    expect(await about('projects table')).toMatchObject({ level: 'warning' });
  });

  it('tells a poll that stopped', async () => {
    await deployment.cursors.put(connectionId, {
      purchaseOrders: '2026-11-22T08:00:00.000Z',
      nextPollAt: '2026-11-22T08:50:00.000Z',
    });
    expect(await about('poll')).toMatchObject({ ok: true, says: 'Xero was last looked at 60 minutes ago.' });
    clock.advance(10 * 60_000);
    expect(await about('poll')).toMatchObject({
      ok: false,
      says: 'Xero was last looked at 70 minutes ago. The next look is 20 minutes overdue.',
    });
  });

  it('counts what waits for people, by cause', async () => {
    const codes = ['account-unmapped', 'vendor-ambiguous', 'account-unmapped'];
    for (const [index, code] of codes.entries()) {
      await deployment.documents.put(parked(connectionId, `order-${index}`, code));
    }
    expect(await about('parked documents')).toMatchObject({
      level: 'warning',
      says: '3 documents wait for a person: 2 × account-unmapped, 1 × vendor-ambiguous.',
    });
  });

  it('shows a broken connection with the way to mend it, settings nobody acts on, and a dry run', async () => {
    const live = await connection();
    const broken = await deployment.connections.update({
      ...live,
      state: 'broken',
      code: 'xero-consent-lost',
    });
    expect(await about('connection')).toMatchObject({ ok: false, code: 'xero-consent-lost' });
    const { code: _, ...mended } = broken;
    const idle = {
      ...mended,
      state: 'live' as const,
      settings: { ...live.settings, nearMatch: 'create' as const },
    };
    const changed = await deployment.connections.update(idle);
    expect(await about('connection')).toMatchObject({
      level: 'warning',
      says: expect.stringContaining('nearMatch'),
    });
    await deployment.connections.update({ ...changed, settings: { ...live.settings, dryRun: true } });
    expect(await about('connection')).toMatchObject({
      level: 'warning',
      says: expect.stringContaining('dry run'),
    });
  });

  it('shows messages that nobody could read, and what is put off', async () => {
    await deployment.documents.put({ ...parked(UNREADABLE, 'm-1', 'message-malformed'), kind: 'message' });
    expect(await about('unreadable messages')).toMatchObject({ level: 'warning', ok: true });
    const depth = async () => ({ visible: 3, inFlight: 2, delayed: 1 });
    const findings = await doctor(
      { ...deployment, queue: { ...deployment.queue, depth } },
      await connection(),
    );
    expect(findings.find(({ check }) => check === 'queue')).toMatchObject({
      level: 'warning',
      says: '3 messages wait, 2 are being worked on, 1 are put off.',
    });
  });
});
