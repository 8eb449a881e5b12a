import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { askConnection } from '../../bin/cli/ask-connection.ts';

const CTRL_C = '\x03';
const DOWN = '\x1b[B';

/** A terminal at which somebody answers each question once it is shown. */
function terminal(answers: [question: string, keys: string][]) {
  let shown = '';
  const waiting = [...answers];
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const stderr = new Writable({
    write(chunk, _encoding, done) {
      shown += chunk;
      const [next] = waiting;
      if (next && shown.includes(next[0])) {
        waiting.shift();
        shown = '';
        setImmediate(() => stdin.write(next[1]));
      }
      done();
    },
  });
  return { stdin, stderr, stdout: stderr, unanswered: waiting };
}

describe('connect without a file', () => {
  it('asks for everything that a connection file holds', async () => {
    const screen = terminal([
      ['Name of the connection', 'Acme\r'],
      ['How does Xero let the app in?', `${DOWN}${DOWN}\r`],
      ['Xero client id', 'x-id\r'],
      ['Xero client secret', 'x-secret\r'],
      ['Xero tenant id', 't-1\r'],
      ['Xero refresh token', 'r-1\r'],
      ['Xero webhook signing key', 'w-1\r'],
      ['Procore client id', 'p-id\r'],
      ['Procore client secret', 'p-secret\r'],
      ['Procore company id', '42\r'],
      ['Carry documents dated from', '2026-07-01\r'],
    ]);
    expect(await askConnection(screen)).toEqual({
      name: 'Acme',
      xero: {
        grant: 'refresh_token',
        clientId: 'x-id',
        clientSecret: 'x-secret',
        tenantId: 't-1',
        refreshToken: 'r-1',
        webhookKey: 'w-1',
      },
      procore: { clientId: 'p-id', clientSecret: 'p-secret', companyId: '42' },
      settings: { startDate: '2026-07-01' },
    });
    expect(screen.unanswered).toEqual([]);
  });

  it.each([
    ['a custom connection', `${DOWN}\r`, 'client_credentials'],
    ['a web app to which somebody consents in a browser', '\r', 'authorization_code'],
  ])(
    'asks for neither tenant id nor refresh token of %s, and leaves the start date open',
    async (_case, keys, grant) => {
      const screen = terminal([
        ['Name of the connection', 'Acme\r'],
        ['How does Xero let the app in?', keys],
        ['Xero client id', 'x-id\r'],
        ['Xero client secret', 'x-secret\r'],
        ['Xero webhook signing key', 'w-1\r'],
        ['Procore client id', 'p-id\r'],
        ['Procore client secret', 'p-secret\r'],
        ['Procore company id', '42\r'],
        ['Carry documents dated from', '\r'],
      ]);
      expect(await askConnection(screen)).toEqual({
        name: 'Acme',
        xero: { grant, clientId: 'x-id', clientSecret: 'x-secret', webhookKey: 'w-1' },
        procore: { clientId: 'p-id', clientSecret: 'p-secret', companyId: '42' },
        settings: {},
      });
    },
  );

  it('stops when the person gives up', async () => {
    const screen = terminal([
      ['Name of the connection', 'Acme\r'],
      ['How does Xero let the app in?', CTRL_C],
    ]);
    await expect(askConnection(screen)).rejects.toMatchObject({
      code: 'usage',
      facts: { problem: 'cancelled; nothing was stored' },
    });
  });
});
