import { describe, expect, it } from '@jest/globals';
import { deploymentOptions } from '../../lib/infra/deployment-options.ts';

const context = (given: Record<string, unknown>) => ({ tryGetContext: (name: string) => given[name] });

describe('the options of a deployment', () => {
  it("are the vendors' own addresses and no mailbox, where nothing is chosen", () => {
    expect(deploymentOptions(context({}))).toEqual({
      xeroApiUrl: 'https://api.xero.com',
      xeroIdentityUrl: 'https://identity.xero.com',
      xeroLoginUrl: 'https://login.xero.com/identity',
      procoreApiUrl: 'https://api.procore.com',
      procoreLoginUrl: 'https://login.procore.com',
    });
  });

  it('can name other servers and who is mailed', () => {
    const chosen = { procoreApiUrl: 'https://sandbox.procore.com', operatorEmail: 'site@example.com' };
    expect(deploymentOptions(context(chosen))).toMatchObject(chosen);
  });

  it.each([
    ['an address without its scheme', { xeroApiUrl: 'api.xero.com' }, 'xeroApiUrl'],
    ['a scheme that is not HTTP', { procoreLoginUrl: 'ftp://login.procore.com' }, 'procoreLoginUrl'],
    ['a mailbox that is none', { operatorEmail: 'nobody' }, 'operatorEmail'],
  ])('refuse %s, by name', (_, given, name) => {
    expect(() => deploymentOptions(context(given))).toThrow(name);
  });

  it('name all that is wrong at once', () => {
    const wrong = context({ xeroApiUrl: 'x', procoreApiUrl: 'y' });
    expect(() => deploymentOptions(wrong)).toThrow(/xeroApiUrl[\s\S]*procoreApiUrl/);
  });
});
