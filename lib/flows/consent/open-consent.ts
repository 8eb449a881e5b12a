import { BadInput } from '../../core/errors.ts';
import { xeroConsentUrl } from '../../xero/consent.ts';
import type { WebAnswer } from './answer.ts';
import { answering } from './answer.ts';
import type { ConsentDeployment } from './attempt.ts';
import { hashOf, isToken, readAttempt, refuseExpired } from './attempt.ts';
import { browserOf, cookieOf } from './browser.ts';
import { donePage } from './done-page.ts';
import { redirectUriOf } from './redirect-uri.ts';
import { beginVisit } from './visit.ts';

/** Somebody, or a program that looks in advance, opens the link: the way to Xero, each time another one. */
export function openConsent(
  token: string | undefined,
  cookies: string[],
  deployment: ConsentDeployment,
): Promise<WebAnswer> {
  return answering(deployment, async () => {
    const read = isToken(token) ? await readAttempt(deployment, hashOf(token)) : undefined;
    if (!read) throw new BadInput('consent-unknown');
    refuseExpired(read, deployment);
    const { attempt } = read;
    if (attempt.step === 'finished') return { status: 200, page: donePage(attempt.connected) };

    const { connectUrl, vendors } = deployment;
    const browser = browserOf(cookieOf(cookies, connectUrl), connectUrl);
    const redirect = await xeroConsentUrl({
      loginUrl: vendors.xeroLoginUrl,
      clientId: attempt.file.xero.clientId,
      redirectUri: redirectUriOf(deployment),
      proof: await beginVisit(read, hashOf(browser.value), deployment),
    });
    return { redirect, setCookie: browser.setCookie };
  });
}
