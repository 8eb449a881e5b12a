import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import { PROJECTS_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import { contractsIn, projectIn } from '../../support/by-hand.ts';
import { about, checksOf } from '../../support/examined.ts';
import { enterOrder, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes } from '../../support/scene.ts';

const openScene = scenes();
let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});

const { clientId } = DEMO_CREDENTIALS.procore;
/** Everything in Procore and in the tables as it was when the connection was made. */
afterEach(async () => {
  const { permit, allowTool, faults } = scene.demo.procore;
  permit(clientId, 'all');
  for (const tool of ['Commitments', 'Directory', 'Budget', 'Webhooks'] as const) {
    allowTool(clientId, tool, 'full');
  }
  faults.clear();
  projectIn(scene, 'cedar').active = true;
  await importProjects(scene.connectionId, PROJECTS_CSV, scene.deployment);
});
const [RIVERSIDE, OAK, CEDAR] = [PROJECTS.riverside, PROJECTS.oak, PROJECTS.cedar];
const mapTo = (...projects: string[]) =>
  importProjects(
    scene.connectionId,
    [
      'tracking_category,tracking_option,procore_project',
      ...projects.map((project, index) => `Project,Option ${index},${project}`),
    ].join('\n'),
    scene.deployment,
  );

describe('the permitted projects', () => {
  it('are named, with the reminder that new ones are not among them', async () => {
    expect(await about(scene, 'procore company')).toMatchObject({
      level: 'ok',
      says: `The service account sees 3 projects: ${RIVERSIDE.name}, ${OAK.name} and ${CEDAR.name}. New projects are not permitted by themselves.`,
    });
  });

  it('may be none at all', async () => {
    scene.demo.procore.permit(clientId, []);
    expect(await about(scene, 'procore company')).toMatchObject({ ok: false, code: 'procore-forbidden' });
    expect(await checksOf(scene)).not.toContain('named projects');
  });

  it('are all that the tables name', async () => {
    expect(await about(scene, 'named projects')).toMatchObject({
      level: 'ok',
      says: 'All 3 projects that the tables name are permitted and active.',
    });
  });

  it('were more once: a project that was taken away is told apart', async () => {
    scene.demo.procore.permit(clientId, [RIVERSIDE.id, CEDAR.id]);
    expect(await about(scene, 'named projects')).toMatchObject({
      ok: false,
      code: 'procore-project-not-permitted',
      says: `No longer permitted for the app, though it was: ${OAK.name}. Orders for these projects are parked.`,
      fix: "Permit them again in Procore's App Management.",
    });
  });

  it('hold those that were renamed since: they are known by id', async () => {
    scene.demo.procore.people(CONTRACTOR.procoreCompanyId).renameProject(OAK.id, 'Oak Street Lofts');
    expect(await about(scene, 'named projects')).toMatchObject({ level: 'ok' });
    expect(await about(scene, 'mapping coverage')).toMatchObject({
      says: expect.stringContaining('102 of 104'),
    });
    scene.demo.procore.people(CONTRACTOR.procoreCompanyId).renameProject(OAK.id, OAK.name);
  });

  it('never held a project that was made since, or is written wrong', async () => {
    await mapTo(RIVERSIDE.name, 'Harbor Point Garage');
    const { says, code, fix } = await about(scene, 'named projects');
    expect(says).toContain(
      'Never permitted for the app, or written wrong in the tables: Harbor Point Garage.',
    );
    expect(code).toBe('project-not-visible');
    expect(fix).toMatch(/no new project is by itself.*projects import/);
  });

  it('hold one that is inactive, which is only worth a warning', async () => {
    projectIn(scene, 'cedar').active = false;
    expect(await about(scene, 'named projects')).toMatchObject({
      level: 'warning',
      ok: true,
      code: 'project-not-visible',
      says: expect.stringContaining('Inactive in Procore: 1051.'),
      fix: expect.stringContaining('unless the job is over'),
    });
  });
});

describe('the permissions of the service account', () => {
  it('are told as far as reading shows them', async () => {
    expect(await about(scene, 'tool permissions')).toMatchObject({
      level: 'ok',
      says: expect.stringMatching(
        /^The service account may read Directory and Webhooks, Commitments and Budget in 3 mapped projects\. Whether it may write, too, shows only when it does: it needs Commitments Admin/,
      ),
    });
  });

  it.each(['Commitments', 'Directory'] as const)(
    'lack %s, without which no order is carried',
    async (tool) => {
      scene.demo.procore.allowTool(clientId, tool, 'none');
      expect(await about(scene, 'tool permissions')).toMatchObject({
        ok: false,
        code: 'procore-forbidden',
        says: expect.stringContaining(
          `may not read ${tool === 'Directory' ? "the company's Directory" : `Commitments in ${RIVERSIDE.name}, ${OAK.name} and ${CEDAR.name}`}.`,
        ),
        fix: expect.stringContaining(tool),
      });
    },
  );

  it.each(['Budget', 'Webhooks'] as const)('lack %s, without which orders are carried', async (tool) => {
    scene.demo.procore.allowTool(clientId, tool, 'none');
    expect(await about(scene, 'tool permissions')).toMatchObject({
      level: 'warning',
      ok: true,
      says: expect.stringMatching(new RegExp(`may not read .*${tool}.*Orders are carried all the same`)),
    });
  });

  it('may lack in one project alone, where the tool is switched off', async () => {
    const path = '/rest/v1.0/purchase_order_contracts';
    scene.demo.procore.faults.add({ method: 'GET', path, effect: { status: 403 }, times: 1, skip: 1 });
    expect(await about(scene, 'tool permissions')).toMatchObject({
      says: `The service account may not read Commitments in ${OAK.name}.`,
    });
  });
});

describe('billing periods', () => {
  it('are told of the projects where none is open', async () => {
    expect(await about(scene, 'billing periods')).toMatchObject({
      level: 'warning',
      says: `No billing period is open in ${CEDAR.name}; orders get no draft requisition there.`,
      fix: expect.stringContaining('Open a billing period'),
    });
    await mapTo(RIVERSIDE.number, OAK.number);
    expect(await about(scene, 'billing periods')).toMatchObject({
      level: 'ok',
      says: 'Every mapped project has an open billing period.',
    });
  });
});

describe('the switches of the newest commitments', () => {
  beforeEach(async () => {
    scene = await openScene();
  });

  const carry = async (count: number) => {
    for (let made = 0; made < count; made += 1) {
      expect(await sync(scene, enterOrder(scene))).toEqual(['done']);
      scene.clock.advance(60_000);
    }
    return contractsIn(scene, 'riverside');
  };

  it('are looked at once there is one', async () => {
    expect(await about(scene, 'invoicing switches')).toMatchObject({
      level: 'ok',
      says: 'There is no commitment yet whose switches could be looked at.',
    });
    await carry(1);
    expect(await about(scene, 'invoicing switches')).toMatchObject({
      level: 'ok',
      says: 'The 1 newest commitment of the mapped projects can be invoiced and paid.',
    });
  });

  it('that somebody turned are named, of the two newest of a project', async () => {
    const [oldest, older, newest] = await carry(3);
    Object.assign(oldest!, { allow_payments: false });
    expect(await about(scene, 'invoicing switches')).toMatchObject({
      level: 'ok',
      says: 'The 2 newest commitments of the mapped projects can be invoiced and paid.',
    });
    Object.assign(older!, { allow_payment_applications: false, allow_payments: false });
    Object.assign(newest!, { enable_ssov: true });
    expect(await about(scene, 'invoicing switches')).toMatchObject({
      ok: false,
      says: [
        'Of the 2 newest commitments, these cannot be billed as they are:',
        `${newest!.number} in ${RIVERSIDE.name} (the subcontractor's SOV is on)`,
        `and ${older!.number} in ${RIVERSIDE.name} (invoices are off and payments are off).`,
      ].join(' '),
      fix: expect.stringContaining('Advanced Settings'),
    });
  });

  it('that Procore does not show are not taken for on', async () => {
    await carry(1);
    const path = /commitment_contracts\/\{commitment_contract_id\}$/;
    scene.demo.procore.faults.add({ method: 'GET', path, effect: { status: 200, body: '{"data":{}}' } });
    expect(await about(scene, 'invoicing switches')).toMatchObject({
      level: 'warning',
      says: 'Procore does not say whether the newest commitments allow invoices and payments.',
    });
  });

  it("of a commitment that somebody deleted are nobody's business", async () => {
    const [contract] = await carry(1);
    scene.demo.procore.people(CONTRACTOR.procoreCompanyId).deleteContract(contract!.id);
    expect(await about(scene, 'invoicing switches')).toMatchObject({
      says: 'There is no commitment yet whose switches could be looked at.',
    });
  });
});

describe('Procore', () => {
  beforeEach(async () => {
    scene = await openScene();
  });

  it('that refuses the service account is told once, and asked nothing further', async () => {
    scene.clock.advance(100 * 60_000);
    scene.demo.procore.registerServiceAccount({
      clientId,
      clientSecret: 'rotated',
      companyId: CONTRACTOR.procoreCompanyId,
      permittedProjectIds: 'all',
    });
    expect(await about(scene, 'procore token')).toMatchObject({ ok: false, code: 'procore-client-refused' });
    expect(await checksOf(scene)).not.toContain('procore company');
  });

  it('whose company removed the app is told; the mappings are tried as far as they go', async () => {
    scene.demo.procore.removeApp(clientId);
    expect(await about(scene, 'procore company')).toMatchObject({ ok: false, code: 'procore-wrong-company' });
    expect(await about(scene, 'mapping coverage')).toMatchObject({
      says: expect.stringContaining('Procore could not be asked whether it shows the projects.'),
    });
  });
});
