import { html } from 'hono/html';
import type { Connected } from '../connect/connected.ts';
import { page } from './page.ts';

/** What was connected, what it covers, and what comes next. */
export function donePage(connected: Connected): string {
  const { created, organisation, currency, companyId, projects, sharesCompanyWith } = connected;
  return page(
    created ? 'Connected' : 'Connected again',
    html`<dl>
<dt>Xero organisation</dt>
<dd>${organisation} (${currency})</dd>
<dt>Procore company</dt>
<dd>${companyId}</dd>
</dl>
${sharesCompanyWith.length === 0 ? '' : html`<p class="problem">This Procore company is also joined to another organisation: ${sharesCompanyWith.join(', ')}. That is allowed; each carries its own documents.</p>`}
<h2>Projects</h2>
${
  projects.length === 0
    ? html`<p class="problem">Procore shows no project to the connector yet.</p>`
    : html`<ul>${projects.map(({ name, number }) => html`<li>${number === undefined ? name : `${number} ${name}`}</li>`)}</ul>`
}
<p>A project that is made later is not included by itself: permit it for the app in Procore’s App Management.</p>
<h2>What next</h2>
<p>${
      created
        ? 'Whoever sent you the link goes on with the mapping rules and projects; documents that cannot be placed yet wait for them.'
        : 'Mappings and links are as they were. What waited goes on by itself.'
    } You can close this page.</p>`,
  );
}
