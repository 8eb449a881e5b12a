import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startLoopback } from '../support/loopback.ts';
import type { Company } from './company.ts';
import { closeCompany, commit, openCompany, PROJECT, requisitionOf } from './company.ts';

/** Bytes that are no text in any encoding. */
const content = Uint8Array.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0xfe, 0x80]);
const SCAN = { fileName: 'HC 5512 – Größe.pdf', mimeType: 'application/pdf', content };

let company: Company;

beforeEach(async () => {
  company = await openCompany();
});

afterEach(() => closeCompany(company));

describe('a file', () => {
  it('is put to a requisition byte by byte, beside what is there', async () => {
    const { tool, project } = company;
    const commitment = await commit(company, ['100']);
    const { id } = await tool.createRequisition(PROJECT, await requisitionOf(company, commitment, ['100']));
    for (const fileName of [SCAN.fileName, 'Delivery note.pdf']) {
      const upload = await tool.uploadFile(PROJECT, { ...SCAN, fileName });
      await tool.updateRequisition(PROJECT, commitment.id, id, { uploadIds: [upload] });
    }
    const [read] = await tool.requisitions(PROJECT, [commitment.id]);
    expect(read?.attachments).toEqual([SCAN.fileName, 'Delivery note.pdf']);
    expect(project.requisitions.get(Number(id))?.attachments[0]).toMatchObject({
      content,
      content_type: 'application/pdf',
    });
  });

  it('is put to a commitment, also to one that is approved', async () => {
    const { tool, project } = company;
    const commitment = await commit(company, ['100']);
    await tool.attachToCommitment(PROJECT, commitment.id, [await tool.uploadFile(PROJECT, SCAN)]);
    expect(project.contracts.get(Number(commitment.id))?.attachments).toMatchObject([
      { filename: SCAN.fileName, content },
    ]);
  });

  it('goes to the storage without the token of Procore, the fields before it', async () => {
    const storage = await startLoopback(() => ({ status: 204 }));
    const fields = { key: 'companies/1', policy: 'p==' };
    const api = await startLoopback(() => ({ status: 201, body: { uuid: 'u1', url: storage.url, fields } }));
    const tool = company.connector({ apiUrl: api.url });
    expect(await tool.uploadFile(PROJECT, SCAN)).toBe('u1');
    const [received] = storage.received;
    await Promise.all([storage.close(), api.close()]);
    expect(received?.headers).not.toHaveProperty('authorization');
    const places = ['"key"', '"policy"', '"file"'].map((name) => received!.body.indexOf(name));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it.each([403, 500, 503])('is sent again another time where the storage says %i', async (status) => {
    company.sandbox.faults.add({ method: 'POST', path: '/storage', effect: { status }, times: 1 });
    await expect(company.tool.uploadFile(PROJECT, SCAN)).rejects.toMatchObject({
      name: 'RetryLater',
      code: 'procore-unavailable',
    });
    expect(await company.tool.uploadFile(PROJECT, SCAN)).toEqual(expect.any(String));
  });

  it('is refused where the storage does not take it at all', async () => {
    const effect = { status: 400, body: '<Error><Code>EntityTooLarge</Code></Error>' };
    company.sandbox.faults.add({ method: 'POST', path: '/storage', effect, times: 1 });
    await expect(company.tool.uploadFile(PROJECT, SCAN)).rejects.toMatchObject({
      name: 'ProcoreRefused',
      fields: { base: ['EntityTooLarge'] },
    });
  });
});
