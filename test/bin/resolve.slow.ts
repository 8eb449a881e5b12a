import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestRun } from './local-run.ts';
import { startSeededRun } from './local-run.ts';

let run: TestRun;
let worker: ReturnType<TestRun['startWorker']>;

beforeAll(async () => {
  ({ run, worker } = await startSeededRun());
});
afterAll(async () => {
  await worker.stop();
  await run.close();
});

const parkedFor = async (number: string): Promise<string | undefined> => {
  const parked: { code: string; documents: { number: string; kind: string }[] }[] = (
    await run.script('parked')
  ).json;
  return parked.find(({ documents }) =>
    documents.some((document) => document.number === number && document.kind === 'purchase-order'),
  )?.code;
};

/** Waits until the answer has been taken up and the order is posted. */
const posted = async (number: string): Promise<void> => {
  for (;;) {
    const records: { number: string; kind: string; state: string }[] = (await run.script('documents')).json;
    const order = records.find((record) => record.number === number && record.kind === 'purchase-order');
    if (order?.state === 'posted') return;
    await setTimeout(100);
  }
};

describe('resolve', () => {
  it('says which vendor a supplier is: its orders are posted to that vendor, and nobody is asked again', async () => {
    expect(await parkedFor('PO-1204')).toBe('vendor-ambiguous');
    const causes: { code: string; about: { contact: string; supplier: string } }[] = (
      await run.script('parked')
    ).json;
    const { contact } = causes.find(({ about }) => about.supplier === 'Brazos Excavating')!.about;
    const companies = [...run.vendors.procore.companies.values()];
    const vendors = companies.flatMap((company) => [...company.vendors.values()]);
    const vendor = vendors.find(({ name }) => name === 'Brazos Excavating Inc.')!;

    const said = await run.person('resolve', 'vendor', '--contact', contact, '--vendor', String(vendor.id));
    expect(said.stdout).toMatch(
      /Brazos Excavating is Brazos Excavating Inc\. \(\d+\)\. \d+ documents go on\./,
    );
    await posted('PO-1204');
    const contracts = companies.flatMap((company) =>
      [...company.projects.values()].flatMap((project) => [...project.contracts.values()]),
    );
    expect(contracts.find(({ number }) => number === 'PO-1204')?.vendor_id).toBe(vendor.id);
  });

  it('says which project a tracking option is', async () => {
    expect(await parkedFor('PO-1211')).toBe('project-unmapped');
    const said = await run.script(
      'resolve',
      'project',
      '--option',
      'Project=Harbor Point Garage',
      '--project',
      '1042',
    );
    expect(said.json).toMatchObject({ rows: expect.any(Number), requeued: expect.any(Number) });
    await posted('PO-1211');
  });

  it('says which cost code the lines of an account go to', async () => {
    expect(await parkedFor('PO-1230')).toBe('account-unmapped');
    const { stdout } = await run.person(
      ...['resolve', 'code', '--account', '5900', '--cost-code', '01-510', '--cost-type', 'L'],
    );
    expect(stdout).toMatch(/\d+ rows/);
    await posted('PO-1230');
  });

  it.each([
    [['vendor', '--contact', 'x'], 'name a --vendor, or --create'],
    [['project', '--option', 'Project', '--project', '1042'], 'Category=Option'],
    [['code', '--account', '5600'], 'name --cost-code with --cost-type, or --wbs-code, or --leave-out'],
  ])('refuses half an answer: %j', async (words, problem) => {
    const { code, json } = await run.script('resolve', ...words);
    expect([code, json.error.code]).toEqual([1, 'usage']);
    expect(json.error.message).toContain(problem);
  });
});
