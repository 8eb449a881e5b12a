import { BadInput } from '../../core/errors.ts';
import { inTurn } from '../in-turn.ts';
import type { WebAnswer } from './answer.ts';
import { answering } from './answer.ts';
import type { ConsentDeployment } from './attempt.ts';
import { hashOf, isToken, readAttempt, refuseExpired } from './attempt.ts';
import { cookieOf } from './browser.ts';
import { donePage } from './done-page.ts';
import { finishConsent } from './finish-consent.ts';
import { offer, withOrganisations } from './go-on.ts';

/** The form comes in: `form` is its body. Sent twice, it shows the one connection twice. */
export function chooseOrganisation(
  form: URLSearchParams,
  cookies: string[],
  deployment: ConsentDeployment,
): Promise<WebAnswer> {
  return answering(deployment, async () => {
    const [id, formToken] = (form.get('token') ?? '').split('.');
    // Looked up before the lease is asked for: a stranger's words must not leave a trace in the table.
    if (!isToken(id) || !(await readAttempt(deployment, id))) throw new BadInput('consent-unknown');
    return inTurn(deployment, `consent:${id}`, async () => {
      const read = await readAttempt(deployment, id);
      if (!read) throw new BadInput('consent-unknown');
      refuseExpired(read, deployment);
      const { attempt } = read;
      const cookie = cookieOf(cookies, deployment.connectUrl);
      if (attempt.step === 'asked') throw new BadInput('consent-unknown');
      if (cookie === undefined || hashOf(cookie) !== attempt.browser) {
        throw new BadInput('consent-other-browser');
      }
      // Another consent by the same link has taken the place of the one that made this page.
      if (formToken !== attempt.formToken) throw new BadInput('consent-used');
      if (attempt.step === 'finished') return { status: 200, page: donePage(attempt.connected) };

      const listed = await withOrganisations({ ...read, attempt }, deployment);
      const chosen = listed.attempt.organisations[Number(form.get('organisation') || Number.NaN)];
      if (!chosen) {
        return { status: 400, page: await offer(listed, deployment, 'Please choose one organisation.') };
      }
      return finishConsent(listed, chosen.tenantId, deployment);
    });
  });
}
