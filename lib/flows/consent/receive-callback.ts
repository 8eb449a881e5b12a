import { BadInput } from '../../core/errors.ts';
import { redeemXeroConsent } from '../../xero/consent.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import { inTurn } from '../in-turn.ts';
import { storePersistently } from '../tokens/persistence.ts';
import type { WebAnswer } from './answer.ts';
import { answering } from './answer.ts';
import type { Asked, ConsentDeployment, Consented, Read } from './attempt.ts';
import { hashOf, newToken, readAttempt, refuseExpired, saveAttempt } from './attempt.ts';
import { cookieOf } from './browser.ts';
import { donePage } from './done-page.ts';
import { goOn } from './go-on.ts';
import { redirectUriOf } from './redirect-uri.ts';
import type { Visit } from './visit.ts';
import { attemptOfState, readVisit, useVisit } from './visit.ts';

/** Xero sends the browser back, with a code or with what went wrong. `query` is the request's. */
export function receiveCallback(
  query: URLSearchParams,
  cookies: string[],
  deployment: ConsentDeployment,
): Promise<WebAnswer> {
  return answering(deployment, async () => {
    const state = query.get('state');
    const id = attemptOfState(state);
    // Looked up before the lease is asked for: a stranger's words must not leave a trace in the table.
    if (id === undefined || !(await readVisit(id, state!, deployment))) throw new BadInput('consent-unknown');
    return inTurn(deployment, `consent:${id}`, async () => {
      const read = await readAttempt(deployment, id);
      const visit = read && (await readVisit(id, state!, deployment));
      if (!visit) throw new BadInput('consent-unknown');
      const cookie = cookieOf(cookies, deployment.connectUrl);
      if (cookie === undefined || hashOf(cookie) !== visit.browser) {
        throw new BadInput('consent-other-browser');
      }
      refuseExpired(read, deployment);
      return visit.used ? again(read, visit, deployment) : first(read, visit, query, deployment);
    });
  });
}

/** The page was loaded again: it shows how things stand, and the code is not looked at. */
async function again(read: Read, { browser }: Visit, deployment: ConsentDeployment): Promise<WebAnswer> {
  const { attempt } = read;
  if (attempt.step === 'asked' || attempt.browser !== browser) throw new BadInput('consent-used');
  if (attempt.step === 'finished') return { status: 200, page: donePage(attempt.connected) };
  return goOn({ ...read, attempt }, deployment);
}

async function first(
  read: Read,
  visit: Parameters<typeof useVisit>[1],
  query: URLSearchParams,
  deployment: ConsentDeployment,
): Promise<WebAnswer> {
  const { attempt } = read;
  await useVisit(read.id, visit, deployment);
  // Somebody else, or another tab, came through with the same link.
  if (attempt.step === 'finished') return { status: 200, page: donePage(attempt.connected) };
  return goOn(await redeem({ ...read, attempt }, visit, query, deployment), deployment);
}

/** What Xero gives is durable before anything is done with it. */
async function redeem(
  read: Read<Asked | Consented>,
  { proof, browser }: Visit,
  query: URLSearchParams,
  deployment: ConsentDeployment,
): Promise<Read<Consented>> {
  const { clock, fetch, vendors } = deployment;
  const { connectionId, by, file } = read.attempt;
  const { clientId, clientSecret } = file.xero;
  const redirectUri = redirectUriOf(deployment);
  const client = { identityUrl: vendors.xeroIdentityUrl, clientId, clientSecret, clock, fetch };
  const tokens = await redeemXeroConsent(query, { ...client, redirectUri, proof });
  const { accessToken, refreshToken, authEventId } = tokens;
  const consented: Consented = {
    step: 'consented',
    connectionId,
    by,
    file,
    browser,
    refreshToken,
    accessToken,
    worksUntil: tokens.expiresAt.toISOString(),
    ...(authEventId !== undefined && { authEventId }),
    formToken: newToken(),
  };
  let saved: Read<Consented>;
  await storePersistently(clock, async () => {
    saved = await saveAttempt(deployment, read, consented);
  });
  await tellOfConnection(deployment, connectionId, 'consented', { askedBy: by });
  return saved!;
}
