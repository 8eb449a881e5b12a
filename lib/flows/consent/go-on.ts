import { BadInput } from '../../core/errors.ts';
import { refreshXeroTokens, xeroConnections } from '../../xero/oauth.ts';
import { storePersistently } from '../tokens/persistence.ts';
import { cacheDirectory } from '../webhook/webhook-directory.ts';
import type { WebAnswer } from './answer.ts';
import type { ConsentDeployment, Consented, Offered, Read } from './attempt.ts';
import { saveAttempt } from './attempt.ts';
import type { Choice } from './choose-page.ts';
import { choosePage } from './choose-page.ts';
import { finishConsent } from './finish-consent.ts';

/** After the consent: the organisation that is wanted, or the page on which a person chooses one. */
export async function goOn(read: Read<Consented>, deployment: ConsentDeployment): Promise<WebAnswer> {
  const listed = await withOrganisations(read, deployment);
  const { organisations, file } = listed.attempt;
  const wanted = file.xero.tenantId?.toLowerCase();
  if (wanted === undefined) return { status: 200, page: await offer(listed, deployment) };

  const found = organisations.find(({ tenantId }) => tenantId.toLowerCase() === wanted);
  if (found) return finishConsent(listed, found.tenantId, deployment);
  const connection = await deployment.connections.get(listed.attempt.connectionId);
  throw new BadInput('xero-tenant-unknown', {
    facts: {
      ...(connection && { wanted: connection.xero.organisation }),
      covered: organisations.map(({ name }) => name),
    },
  });
}

/** The page of choice; `problem` says what was wrong with the last one. */
export async function offer(
  read: Read<Listed>,
  deployment: ConsentDeployment,
  problem?: string,
): Promise<string> {
  const { id, attempt } = read;
  const directory = await cacheDirectory(deployment, deployment.clock).current();
  const choices = attempt.organisations.map(async ({ tenantId, name, now }): Promise<Choice> => {
    const owner = directory.connectionOf(tenantId);
    const connection = owner === undefined ? undefined : await deployment.connections.get(owner);
    const taken = connection && connection.id !== attempt.connectionId;
    return { name, ...(now !== undefined && { now }), ...(taken && { connectedAs: connection.name }) };
  });
  return choosePage({
    choices: await Promise.all(choices),
    companyId: attempt.file.procore.companyId,
    token: `${id}.${attempt.formToken}`,
    action: `${deployment.connectUrl}/xero/organisation`,
    ...(problem !== undefined && { problem }),
  });
}

type Listed = Consented & { organisations: Offered[] };

/** With what Xero lists for the token, asked once. */
export async function withOrganisations(
  read: Read<Consented>,
  deployment: ConsentDeployment,
): Promise<Read<Listed>> {
  const { organisations: known } = read.attempt;
  if (known) return { ...read, attempt: { ...read.attempt, organisations: known } };
  const fresh = await withFreshToken(read, deployment);
  const { accessToken, authEventId } = fresh.attempt;
  const { clock, fetch, vendors } = deployment;
  const seen = await xeroConnections({ apiUrl: vendors.xeroApiUrl, accessToken, clock, fetch });
  const organisations = seen
    .filter(({ type }) => type === 'ORGANISATION')
    .map(({ tenantId, name = 'An organisation without a name', authEventId: event }): Offered => {
      const told = authEventId !== undefined && event !== undefined;
      return { tenantId, name, ...(told && { now: event === authEventId }) };
    });
  return saveAttempt(deployment, fresh, { ...fresh.attempt, organisations });
}

async function withFreshToken(
  read: Read<Consented>,
  deployment: ConsentDeployment,
): Promise<Read<Consented>> {
  const { clock, fetch, vendors } = deployment;
  const { attempt } = read;
  if (Date.parse(attempt.worksUntil) - 60_000 > clock.now().getTime()) return read;
  const { clientId, clientSecret } = attempt.file.xero;
  const client = { identityUrl: vendors.xeroIdentityUrl, clientId, clientSecret, clock, fetch };
  const tokens = await refreshXeroTokens({ ...client, refreshToken: attempt.refreshToken });
  const { accessToken, refreshToken, expiresAt } = tokens;
  const renewed = { ...attempt, accessToken, refreshToken, worksUntil: expiresAt.toISOString() };
  let saved = read;
  await storePersistently(clock, async () => {
    saved = await saveAttempt(deployment, read, renewed);
  });
  return saved;
}
