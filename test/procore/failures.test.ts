import { afterEach, describe, expect, it } from '@jest/globals';
import { createProjectTool } from '../../lib/procore/project-tool.ts';
import { testClock } from '../support/clock.ts';
import type { Loopback, Reply } from '../support/loopback.ts';
import { startLoopback } from '../support/loopback.ts';
import type { Company } from './company.ts';
import { openCompany, PROJECT, START, syncVendor } from './company.ts';

const running: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

const open = async (options?: Parameters<typeof openCompany>[0]): Promise<Company> => {
  const company = await openCompany(options);
  running.push(company.sandbox);
  return company;
};

async function loopback(...replies: Reply[]) {
  const server: Loopback = await startLoopback();
  running.push(server);
  server.next(...replies);
  const token = async () => 'token-1';
  const options = { apiUrl: server.url, companyId: '7', accessToken: token, refreshed: token };
  return { server, tool: createProjectTool({ ...options, clock: testClock(START) }) };
}

describe('a connection to Procore', () => {
  it('renews its token once when it has expired, and goes on', async () => {
    const { tool, clock, refreshes } = await open();
    clock.advance(91 * 60_000);
    expect(await tool.costTypes()).toHaveLength(2);
    expect(refreshes()).toBe(1);
  });

  it('stops where even a new token is refused', async () => {
    const { connector } = await open();
    const forged = { accessToken: async () => 'old', refreshed: async () => 'forged' };
    await expect(connector(forged).costTypes()).rejects.toMatchObject({
      name: 'Stop',
      code: 'procore-client-refused',
    });
  });

  it('stops where a project is not permitted', async () => {
    const { tool, sandbox, client } = await open();
    sandbox.permit(client.clientId, []);
    expect(await tool.projects()).toEqual([]);
    await expect(tool.costCodes(PROJECT)).rejects.toMatchObject({ name: 'Stop', code: 'procore-forbidden' });
  });

  it('hears of a hidden project as of one that does not exist', async () => {
    const { tool, sandbox, client } = await open({ unverified: { notPermittedStatus: 404 } });
    sandbox.permit(client.clientId, []);
    await expect(tool.costCodes(PROJECT)).rejects.toMatchObject({ name: 'ProcoreRefused', status: 404 });
  });

  it('adds a vendor where adding it twice would be refused', async () => {
    const { tool, project } = await open({ unverified: { vendorAlreadyInProject: 'refused' } });
    const vendorId = await syncVendor(tool, { originId: 'xero:contact:1', name: 'Acme' });
    await tool.addVendorToProject(PROJECT, vendorId);
    await tool.addVendorToProject(PROJECT, vendorId);
    expect(project.vendorIds.size).toBe(1);
  });
});

describe('an answer of Procore', () => {
  it.each([
    { status: 400, body: 'Missing Procore-Company-Id header! Send it.' },
    { status: 403, body: { message: 'App is not connected to this company' } },
    { status: 403, body: { errors: 'App is not connected to this company' } },
  ])('about the company stops: %j', async (reply) => {
    const { tool } = await loopback(reply);
    await expect(tool.costTypes()).rejects.toMatchObject({ name: 'Stop', code: 'procore-wrong-company' });
  });

  it.each([400, 404, 405, 406, 409, 413, 422])(
    'with status %i is a refusal with its words',
    async (status) => {
      const { tool, server } = await loopback({ status, body: { errors: { base: ['not like this'] } } });
      await expect(tool.costTypes()).rejects.toMatchObject({
        name: 'ProcoreRefused',
        status,
        fields: { base: ['not like this'] },
      });
      expect(server.received).toHaveLength(1);
    },
  );

  it.each([408, 500, 502, 503, 504])('with status %i is asked for again, then put off', async (status) => {
    const { tool, server } = await loopback(...Array(3).fill({ status, body: '<html>Maintenance</html>' }));
    await expect(tool.costTypes()).rejects.toMatchObject({ name: 'RetryLater', code: 'procore-unavailable' });
    expect(server.received).toHaveLength(3);
  });

  it('that announces maintenance is put off for as long as it says', async () => {
    const { tool } = await loopback({ status: 503, headers: { 'retry-after': '1800' } });
    await expect(tool.costTypes()).rejects.toMatchObject({ code: 'procore-unavailable', afterSeconds: 1800 });
  });

  it('that is HTML although it says 200 is put off', async () => {
    const { tool } = await loopback({ body: '<html>' });
    await expect(tool.costTypes()).rejects.toMatchObject({ name: 'RetryLater', code: 'procore-unavailable' });
  });

  it('that is JSON of another kind stops, and says what did not fit', async () => {
    const { tool } = await loopback({ body: [{ id: 1, code: 'M' }, { code: 'L' }] });
    await expect(tool.costTypes()).rejects.toMatchObject({
      code: 'answer-unreadable',
      facts: { what: 'cost types', why: expect.stringContaining('1.id') },
    });
  });

  it('to a sync that passes over a record in silence stops', async () => {
    const { tool } = await loopback({ body: { entities: [], errors: [] } });
    await expect(syncVendor(tool, { originId: 'xero:contact:1', name: 'Acme' })).rejects.toMatchObject({
      code: 'answer-unreadable',
      facts: { lost: ['xero:contact:1'] },
    });
  });

  it('never carries the token into an error', async () => {
    const { tool } = await loopback({ status: 403, body: { message: 'no' } });
    const error = await tool.costTypes().catch((thrown) => thrown);
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain('token-1');
  });
});

describe('the pages of a list', () => {
  it('are followed by path alone, so that the token stays with Procore', async () => {
    const elsewhere = await startLoopback(() => ({ body: [] }));
    running.push(elsewhere);
    const link = `<${elsewhere.url}/rest/v1.0/line_item_types?page=2>; rel="next", <${elsewhere.url}/x>; rel="last"`;
    const type = (id: number) => ({ id, code: 'M', name: 'Materials' });
    const { tool, server } = await loopback(
      { headers: { link }, body: [type(1)] },
      {
        headers: { link: `<${elsewhere.url}/a?page=1>; rel="first", </b?page=1>; rel="prev"` },
        body: [type(2)],
      },
    );
    expect((await tool.costTypes()).map(({ id }) => id)).toEqual(['1', '2']);
    expect(server.received.map(({ query }) => query.get('page'))).toEqual([null, '2']);
    expect(elsewhere.received).toHaveLength(0);
  });

  it('keep ids that outgrow a number', async () => {
    const { tool, server } = await loopback({ body: '[{"id":90071992547409931,"name":"Acme"}]' });
    expect(await tool.vendors()).toEqual([{ id: '90071992547409931', name: 'Acme' }]);
    server.next({ body: '{"entities":[{"id":2,"origin_id":"o"}],"errors":[]}' });
    const header = {
      originId: 'o',
      originCode: 'PO',
      number: 'PO',
      title: 'PO',
      vendorId: '90071992547409931',
    };
    await tool.syncCommitments('90071992547409932', [header]);
    expect(server.received[1]?.body).toContain('"project_id":90071992547409932');
    expect(server.received[1]?.body).toContain('"vendor_id":90071992547409931');
  });
});
