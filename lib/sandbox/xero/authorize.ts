import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Apps } from './apps.ts';
import type { Books } from './books.ts';
import type { Codes } from './codes.ts';
import { consentErrorPage, redirected } from './consent-answers.ts';
import { consentPage, signInPage } from './consent-page.ts';
import type { ConsentRequest } from './consent-request.ts';
import { readConsentRequest } from './consent-request.ts';
import { pageHeaders } from './page.ts';
import type { People, Person } from './people.ts';
import type { Unverified } from './unverified.ts';

interface Login {
  apps: Apps;
  people: People;
  codes: Codes;
  books: Map<string, Books>;
  unverified: Unverified;
  /** Where the sandbox's token endpoint is. */
  issuer(): string;
}

/** The pages on which a person lets an app in. They need no script. */
export function authorizeRoutes(login: Login): Hono {
  const routes = new Hono();

  routes.get('/connect/authorize', (c) => {
    const { request, person } = begun(c, login);
    if (!person) return shown(c, signInPage(new URL(c.req.url), login.people.all()));
    return shown(c, consentPage(request, person, offeredTo(person, login)));
  });

  routes.post('/connect/authorize', async (c) => {
    const { request, person } = begun(c, login);
    if (!person) throw consentErrorPage('invalid_request', 'Nobody is logged in');
    const form = new URLSearchParams(await c.req.text());
    if (form.get('decision') !== 'allow') throw redirected(request, { error: 'access_denied' });
    const offered = offeredTo(person, login);
    const chosen = form.getAll('organisation');
    if (!chosen.every((id) => offered.some(({ tenantId }) => tenantId === id)))
      throw consentErrorPage('invalid_request', 'That organisation is not among yours');
    if (chosen.length === 0)
      return shown(c, consentPage(request, person, offered, 'Choose at least one organisation.'));
    throw redirected(request, letIn(request, person, chosen, login));
  });
  return routes;
}

/** Who asks for what, and which person is there: the only one, or the one whom `login_hint` names. */
function begun(c: Context, { apps, people, unverified }: Login) {
  const query = new URL(c.req.url).searchParams;
  const request = readConsentRequest(query, apps, unverified);
  const hint = query.get('login_hint') ?? '';
  const [first, ...others] = people.all();
  const named = people.has(hint) ? people.find(hint) : undefined;
  return { request, person: named ?? (others.length === 0 ? first : undefined) };
}

function offeredTo(person: Person, { books, people }: Login): Books[] {
  return [...books.values()].filter(({ tenantId }) => people.mayUse(person.id, tenantId));
}

/** Connects what was chosen, under one event, and gives the app its code. */
function letIn(request: ConsentRequest, person: Person, tenantIds: string[], login: Login) {
  const { app, redirectUri, scopes, challenge } = request;
  const event = randomUUID();
  for (const tenantId of tenantIds) login.apps.connect(app.clientId, tenantId, person.id, event);
  const code = login.codes.issue({ app, personId: person.id, scopes, event }, redirectUri, challenge);
  return {
    code,
    scope: scopes.join(' '),
    session_state: randomBytes(32).toString('base64url'),
    ...(login.unverified.consentNamesIssuer && { iss: login.issuer() }),
  };
}

const shown = (c: Context, body: ReturnType<typeof consentPage>) => c.html(body, 200, pageHeaders);
