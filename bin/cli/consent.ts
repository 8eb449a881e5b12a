import { userInfo } from 'node:os';
import { openReferenceQueue } from '../../lib/aws/reference-queue.ts';
import type { Connected } from '../../lib/flows/connect/connected.ts';
import type { ConsentDeployment } from '../../lib/flows/consent/attempt.ts';
import { awaitConsent } from '../../lib/flows/consent/await-consent.ts';
import type { ConsentLink } from '../../lib/flows/consent/begin-consent.ts';
import { openConsents } from '../../lib/store/consents.ts';
import { openTable } from '../../lib/store/table.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print, say } from './io.ts';
import type { Opened } from './open.ts';
import { seconds } from './option-values.ts';

export interface WaitOptions extends GlobalOptions {
  wait: boolean;
  timeout: number;
}

export const NO_WAIT = ['--no-wait', 'print the link of the consent and return'] as const;
export const TIMEOUT = ['--timeout <seconds>', 'how long to wait for the consent', seconds, 900] as const;

/** Throws Stop where the stack is older than its consent page. */
export function withConsents(opened: Opened): ConsentDeployment {
  const { clients, tableName, addresses } = opened;
  return {
    ...opened,
    consents: openConsents(openTable(clients.dynamodb, tableName)),
    connectUrl: addresses.connectUrl,
    reference: openReferenceQueue(clients.sqs, addresses.referenceQueueUrl),
  };
}

/** Who sits at the command line, for the trail. */
export function whoAmI(): string {
  try {
    return `${userInfo().username} at the command line`;
  } catch {
    return 'command line';
  }
}

/** Shows the link and, unless told otherwise, waits until the connection stands. */
export async function throughConsent(
  { attemptId, link, expiresAt, redirectUri }: ConsentLink,
  deployment: ConsentDeployment,
  { wait, timeout, json }: WaitOptions,
  io: Io,
): Promise<void> {
  say(io, `The Xero app must have this redirect URI (Xero developer portal, Configuration): ${redirectUri}`);
  if (!wait) {
    print(io, json, { consent: link, expiresAt }, () => link);
    return;
  }
  say(io, `Open this link in a browser, as a user of Xero who may connect the organisation:\n\n  ${link}\n`);
  say(io, `It works until ${expiresAt}. Waiting …`);
  const connected = await awaitConsent(attemptId, deployment, {
    timeoutSeconds: timeout,
    onStep: (step) => {
      if (step === 'consented') say(io, 'Xero has let the connector in. Waiting for the organisation …');
    },
  });
  show(connected, json, io);
}

/** What was connected, and what to know about it. */
export function show(connected: Connected, json: boolean | undefined, io: Io): void {
  const { connectionId, created, organisation, currency, companyId, sharesCompanyWith } = connected;
  const word = created ? 'Connected' : 'Connected again';
  say(io, `${word}: ${organisation} (${currency}) to Procore company ${companyId}.`);
  if (sharesCompanyWith.length > 0) {
    say(io, `The same Procore company is joined to ${sharesCompanyWith.join(', ')}, too: that is allowed.`);
  }
  sayProjects(connected, io);
  print(io, json, { id: connectionId }, () => connectionId);
}

function sayProjects({ projects }: Connected, io: Io): void {
  if (projects.length === 0) {
    say(io, 'Procore shows no project yet: permit projects for the app in App Management.');
    return;
  }
  say(io, 'Procore shows these projects; one that is made later must be permitted in App Management first:');
  for (const { name, number } of projects) say(io, `  ${number === undefined ? name : `${number} ${name}`}`);
}
