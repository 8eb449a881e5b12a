import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CommitmentLink, VendorLink } from '../../lib/core/links.ts';
import { openAudit } from '../../lib/store/audit.ts';
import type { Links } from '../../lib/store/links.ts';
import { openLinks } from '../../lib/store/links.ts';
import type { Table } from '../../lib/store/table.ts';
import { openTable } from '../../lib/store/table.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';

let aws: TestAws;
let table: Table;
let links: Links;

beforeAll(async () => {
  aws = await startTestAws();
  table = openTable(aws.dynamodb, aws.tableName);
  links = openLinks(table);
});
afterAll(() => aws.close());

const VENDOR: VendorLink = { contactId: 'contact-1', vendorId: '77', origin: 'matched', projectIds: ['10'] };

const COMMITMENT: CommitmentLink = {
  documentId: 'order-1',
  projectId: '10',
  originId: 'xero:po:order-1:10',
  commitmentId: '9007199254740993',
  vendorId: '77',
  header: 'f00d',
  status: 'Draft',
  invoicing: false,
  lines: {
    'xero:line:a': { id: '1', lineId: 'a', fingerprint: 'aa', kind: 'a', amount: '10.00' },
    'xero:line:b': { id: '2', lineId: 'b', fingerprint: 'bb', kind: 'b', amount: '5.00' },
  },
};

const conflict = { name: 'WriteConflict', code: 'lease-held' };

describe('vendor links', () => {
  it('are read back with the revision that the next write builds on', async () => {
    const made = await links.putVendor('acme', VENDOR);
    expect(made).toEqual({ ...VENDOR, revision: 1 });
    const grown = await links.putVendor('acme', { ...made, projectIds: ['10', '11'] });
    expect(await links.getVendor('acme', 'contact-1')).toEqual(grown);
    expect(await links.getVendor('acme', 'contact-2')).toBeUndefined();
    expect(await links.getVendor('bolt', 'contact-1')).toBeUndefined();
  });

  it('are listed, without the wishes of people that are yet to be fulfilled', async () => {
    const written = { originId: 'xero:contact:contact-3', sent: 'f00d', shown: 'beef' };
    const made = {
      ...VENDOR,
      contactId: 'contact-3',
      origin: 'created' as const,
      written,
      mergedInto: 'contact-4',
    };
    await links.putVendor('list', VENDOR);
    await links.putVendor('list', made);
    const wish = await links.putVendorWish('list', { contactId: 'contact-5', create: true });
    expect(await links.vendors('list')).toEqual([
      { ...VENDOR, revision: 1 },
      { ...made, revision: 1 },
    ]);
    expect(await links.getVendor('list', 'contact-5')).toEqual(wish);
    const { contactId, revision } = wish;
    await links.putVendor('list', { ...VENDOR, contactId, revision });
    expect(await links.getVendor('list', 'contact-5')).toEqual({ ...VENDOR, contactId, revision: 2 });
    await expect(links.putVendorWish('list', wish)).rejects.toMatchObject(conflict);
  });

  it('are made by one of two workers that meet the same new supplier', async () => {
    const outcomes = await Promise.allSettled([
      links.putVendor('race', VENDOR),
      links.putVendor('race', { ...VENDOR, vendorId: '78' }),
    ]);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toMatchObject(conflict);
  });
});

describe('commitment links', () => {
  it('hold an order of several projects as one link each', async () => {
    const there = await links.putCommitment('acme', { ...COMMITMENT, projectId: '20', commitmentId: '6' });
    const here = await links.putCommitment('acme', COMMITMENT);
    expect(await links.commitments('acme', 'order-1')).toEqual([here, there]);
    expect(await links.commitments('acme', 'order-2')).toEqual([]);
  });

  it('grow step by step in one run without being read again', async () => {
    const header = await links.putCommitment('steps', COMMITMENT);
    const begun = await links.putCommitment('steps', {
      ...header,
      invoicing: true,
      requisition: { periodId: '3', fingerprint: 'cc' },
    });
    const made = await links.putCommitment('steps', {
      ...begun,
      requisition: { id: '500', periodId: '3', fingerprint: 'cc' },
    });
    const { requisition: _, ...without } = made;
    await links.putCommitment('steps', { ...without, status: 'Approved' });
    expect(await links.commitments('steps', 'order-1')).toEqual([
      { ...COMMITMENT, invoicing: true, status: 'Approved', revision: 4 },
    ]);
  });

  it('are written by one of two runs on the same order, the other learns of it', async () => {
    const read = await links.putCommitment('race', COMMITMENT);
    const outcomes = await Promise.allSettled([
      links.putCommitment('race', { ...read, header: 'one' }),
      links.putCommitment('race', { ...read, header: 'two' }),
    ]);
    const won = outcomes.findIndex(({ status }) => status === 'fulfilled');
    const [lost, ...others] = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(others).toEqual([]);
    expect(lost?.reason).toMatchObject(conflict);
    expect(await links.commitments('race', 'order-1')).toMatchObject([{ header: ['one', 'two'][won] }]);
  });

  it('are not brought back by a run that did not see them removed', async () => {
    const read = await links.putCommitment('gone', COMMITMENT);
    await links.removeCommitment('gone', read);
    await expect(links.putCommitment('gone', read)).rejects.toMatchObject(conflict);
    await links.removeCommitment('gone', read);
    expect(await links.commitments('gone', 'order-1')).toEqual([]);
  });

  it('are not removed by a run that did not see them written', async () => {
    const read = await links.putCommitment('kept', COMMITMENT);
    await links.putCommitment('kept', { ...read, status: 'Approved' });
    await expect(links.removeCommitment('kept', read)).rejects.toMatchObject(conflict);
    expect(await links.commitments('kept', 'order-1')).toHaveLength(1);
  });

  it('of 200 lines fit into their item', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `xero:line:00000000-0000-4000-8000-${index}`);
    const lines = Object.fromEntries(
      ids.map((id, index) => {
        const fingerprint = 'f'.repeat(64);
        return [id, { id: String(index), lineId: id, fingerprint, kind: fingerprint, amount: '1234.50' }];
      }),
    );
    await links.putCommitment('long', { ...COMMITMENT, lines });
    expect((await links.commitments('long', 'order-1'))[0]?.lines).toEqual(lines);
  });

  it('share a partition with the audit trail without mixing with it', async () => {
    const audit = openAudit(table);
    await links.putCommitment('shared', COMMITMENT);
    await audit.append('shared', 'order-1', {
      at: '2026-11-22T03:00:00.000Z',
      event: 'received',
      detail: {},
    });
    expect(await links.commitments('shared', 'order-1')).toHaveLength(1);
    expect(await audit.list('shared', 'order-1')).toHaveLength(1);
  });
});
