import { html } from 'hono/html';
import type { ConnectorError } from '../../core/errors.ts';
import { RetryLater } from '../../core/errors.ts';
import { withCommands } from '../web-page.ts';
import { page } from './page.ts';

/** What happened, how to mend it, and the code by which the README and the log speak of it. */
export function failurePage(failure: ConnectorError): string {
  // What a worker tries again by itself, a person at a page has to.
  const fix = failure instanceof RetryLater ? 'Open the link again in a minute.' : failure.fix;
  return page(
    'Not connected',
    html`<p class="problem" role="alert">${failure.message}.</p>
<p>${withCommands(fix)}</p>
<p class="note">Code: <code>${failure.code}</code></p>`,
  );
}
