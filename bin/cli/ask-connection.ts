import { isCancel, password, select, text } from '@clack/prompts';
import { BadInput } from '../../lib/core/errors.ts';
import type { Io } from './io.ts';

/** Asks for what a connection file holds. Throws BadInput('usage') without a terminal and when the person gives up. */
export async function askConnection({ stdin, stderr }: Io): Promise<unknown> {
  if (!stdin.isTTY) {
    throw new BadInput('usage', { facts: { problem: 'without a terminal, connect needs --file' } });
  }
  const streams = { input: stdin, output: stderr };
  const plain = (message: string) => answered(text({ message, validate: filled, ...streams }));
  const secret = (message: string) => answered(password({ message, validate: filled, ...streams }));

  const name = await plain('Name of the connection');
  const grant = await answered(
    select({
      message: 'How does Xero let the app in?',
      options: [
        { value: 'authorization_code', label: 'Web app: somebody consents in a browser' },
        { value: 'client_credentials', label: 'Custom connection' },
        { value: 'refresh_token', label: 'Web app with a refresh token that was got elsewhere' },
      ],
      ...streams,
    }),
  );
  const xero = {
    grant,
    clientId: await plain('Xero client id'),
    clientSecret: await secret('Xero client secret'),
    ...(grant === 'refresh_token' && {
      tenantId: await plain('Xero tenant id of the organisation'),
      refreshToken: await secret('Xero refresh token'),
    }),
    webhookKey: await secret('Xero webhook signing key'),
  };
  const procore = {
    clientId: await plain('Procore client id of the service account'),
    clientSecret: await secret('Procore client secret'),
    companyId: await plain('Procore company id'),
  };
  const startDate = await answered(
    text({
      message: 'Carry documents dated from (YYYY-MM-DD; empty for today)',
      defaultValue: '',
      ...streams,
    }),
  );
  return { name, xero, procore, settings: startDate === '' ? {} : { startDate } };
}

function filled(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? 'Please type something' : undefined;
}

async function answered<T>(answer: Promise<T | symbol>): Promise<T> {
  const value = await answer;
  if (isCancel(value)) throw new BadInput('usage', { facts: { problem: 'cancelled; nothing was stored' } });
  return value as T;
}
