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
      ['How does Xero let the app in?', '\r'],
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

  it('asks for no refresh token of a custom connection, and leaves the start date to its default', async () => {
    const screen = terminal([
      ['Name of the connection', 'Acme\r'],
      ['How does Xero let the app in?', `${DOWN}\r`],
      ['Xero client id', 'x-id\r'],
      ['Xero client secret', 'x-secret\r'],
      ['Xero tenant id', 't-1\r'],
      ['Xero webhook signing key', 'w-1\r'],
      ['Procore client id', 'p-id\r'],
      ['Procore client secret', 'p-secret\r'],
      ['Procore company id', '42\r'],
      ['Carry documents dated from', '\r'],
    ]);
    const asked = await askConnection(screen);
    expect(asked).toMatchObject({ xero: { grant: 'client_credentials', webhookKey: 'w-1' }, settings: {} });
    expect(asked).not.toHaveProperty('xero.refreshToken');
  });

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
