import { html } from 'hono/html';
import type { Books } from './books.ts';
import type { ConsentRequest } from './consent-request.ts';
import { page } from './page.ts';
import type { Person } from './people.ts';

/** Asks the person which organisations the app may have. The form goes to the address that the page came from. */
export function consentPage(request: ConsentRequest, person: Person, offered: Books[], complaint?: string) {
  const { app, scopes } = request;
  const name = app.name ?? app.clientId;
  return page(
    `${name} wants access to your data`,
    html`<p>You are ${person.name}.</p>
    ${complaint === undefined ? '' : html`<p role="alert">${complaint}</p>`}
    <p>It asks for:</p>
    <ul>${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>
    <form method="post">
      <fieldset>
        <legend>Organisations</legend>
        ${offered.map(
          ({ tenantId, name: organisation }) =>
            html`<label><input type="checkbox" name="organisation" value="${tenantId}"> ${organisation}</label>`,
        )}
      </fieldset>
      <button name="decision" value="allow">Allow access</button>
      <button name="decision" value="cancel">Cancel</button>
    </form>`,
  );
}

/** Asks who is there, where the sandbox has several people: one link each to the same request. */
export function signInPage(address: URL, people: Person[]) {
  const link = (id: string) => {
    const target = new URL(address);
    target.searchParams.set('login_hint', id);
    return `${target.pathname}${target.search}`;
  };
  return page(
    'Log in',
    html`<ul>${people.map(({ id, name }) => html`<li><a href="${link(id)}">${name}</a></li>`)}</ul>`,
  );
}
