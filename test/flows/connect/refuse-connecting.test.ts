import { describe, expect, it } from '@jest/globals';
import { connect } from '../../../lib/flows/connect/connect.ts';
import { cacheDirectory } from '../../../lib/flows/webhook/webhook-directory.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import type { Unconnected } from '../../support/unconnected.ts';
import { eachTestUnconnected } from '../../support/unconnected.ts';

let clock: Unconnected['clock'];
let vendors: Unconnected['vendors'];
let deployment: Unconnected['deployment'];
let file: Unconnected['file'];
eachTestUnconnected((fresh) => {
  ({ clock, vendors, deployment, file } = fresh);
});

const ownerOf = async (tenantId: string) =>
  (await cacheDirectory(deployment, clock).current()).connectionOf(tenantId);
const withXero = (changes: object) => ({ ...file, xero: { ...file.xero, ...changes } });
const withProcore = (changes: object) => ({ ...file, procore: { ...file.procore, ...changes } });
const nothingConnected = async () => {
  expect(await deployment.connections.list()).toEqual([]);
  expect(await ownerOf(CONTRACTOR.tenantId)).toBeUndefined();
};

const HARBOR = '7d1b1c5e-0f7c-4b7e-9b1e-2a9c6d1f0a11';

describe('a connection file that is not complete', () => {
  it('is refused with every field that is wrong, and with no value of any', async () => {
    const wrong = {
      nmae: 'Harlan',
      xero: { grant: 'refresh_token', clientId: 7, clientSecret: '', tenantId: 't-1', webhokKey: 'key-4711' },
      procore: { clientId: 'p', clientSecret: 's3cret-4711', companyId: 'twelve' },
      settings: { nearMatch: 'maybe', color: 'red' },
    };
    const error = await connect(wrong, deployment).catch((reason) => reason);
    expect(error).toMatchObject({ name: 'BadInput', code: 'connection-file-invalid' });
    expect(new Set(error.facts.fields)).toEqual(
      new Set([
        'name is missing',
        'nmae is not a field',
        'xero.clientId must be text',
        'xero.clientSecret is empty',
        'xero.webhookKey is missing',
        'xero.webhokKey is not a field',
        'xero.refreshToken is missing',
        'procore.companyId must be the number of the company in Procore',
        'settings.nearMatch must be ask or create',
        'settings.color is not a setting',
      ]),
    );
    expect(error.message).not.toContain('4711');
    await nothingConnected();
  });

  it.each<[object, string]>([
    [{ grant: 'magic' }, 'xero.grant must be one of authorization_code, client_credentials, refresh_token'],
    [{ tenantId: undefined }, 'xero.tenantId is missing'],
    [{ grant: 'client_credentials' }, 'xero.refreshToken belongs to the grant refresh_token alone'],
    [
      { grant: 'authorization_code', refreshToken: undefined },
      'xero.grant authorization_code needs a person who consents in a browser',
    ],
  ])('is refused where the way into Xero does not fit: %j', async (changes, field) => {
    const wrong = JSON.parse(JSON.stringify(withXero(changes)));
    await expect(connect(wrong, deployment)).rejects.toMatchObject({ facts: { fields: [field] } });
    await nothingConnected();
  });

  it.each([
    ['text', ['the connection file must be an object']],
    [null, ['the connection file must be an object']],
    [{ name: 'x' }, ['xero is missing or not an object', 'procore is missing or not an object']],
  ])('is refused when it is %j', async (wrong, fields) => {
    await expect(connect(wrong, deployment)).rejects.toMatchObject({ facts: { fields } });
  });

  it('is refused when the company id is a number that JSON cannot carry', async () => {
    await expect(connect(withProcore({ companyId: 2 ** 60 }), deployment)).rejects.toMatchObject({
      facts: { fields: ['procore.companyId must be the number of the company in Procore'] },
    });
  });
});

describe('a vendor that refuses', () => {
  it.each([
    ['a wrong Procore secret', () => withProcore({ clientSecret: 'wrong' }), 'procore-client-refused'],
    ['another Procore company', () => withProcore({ companyId: '4' }), 'procore-wrong-company'],
    ['a wrong Xero secret', () => withXero({ clientSecret: 'wrong' }), 'xero-client-refused'],
    ['a dead refresh token', () => withXero({ refreshToken: 'dead' }), 'xero-consent-lost'],
    ['a tenant that the consent does not cover', () => withXero({ tenantId: HARBOR }), 'xero-tenant-unknown'],
  ])('stores no connection: %s', async (_case, wrong, code) => {
    await expect(connect(wrong(), deployment)).rejects.toMatchObject({ code });
    await nothingConnected();
  });

  it('costs no Xero refresh token where Procore says no', async () => {
    await expect(connect(withProcore({ companyId: '4' }), deployment)).rejects.toThrow();
    expect(vendors.xero.calls.total()).toBe(0);
  });

  it('says which organisations the consent covers when the tenant is not among them', async () => {
    await expect(connect(withXero({ tenantId: HARBOR }), deployment)).rejects.toMatchObject({
      facts: { covered: ['Harlan & Reyes Builders'] },
    });
  });

  it('does not lose the rotated refresh token: the same file connects the next day', async () => {
    const wrong = withXero({ tenantId: HARBOR });
    await expect(connect(wrong, deployment)).rejects.toMatchObject({ code: 'xero-tenant-unknown' });
    clock.advance(24 * 3_600_000);
    await expect(connect(file, deployment)).resolves.toMatchObject({ created: true });
  });
});
