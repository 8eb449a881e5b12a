import { html } from 'hono/html';
import type { ConnectorError } from '../../core/errors.ts';
import { RetryLater } from '../../core/errors.ts';
import { withCommands } from '../web-page.ts';
import { page } from './page.ts';

const TITLES: Record<string, string> = {
  'link-invalid': 'This link does not work',
  'link-replaced': 'This link no longer works',
  'link-expired': 'This link has expired',
  'approval-changed': 'The document has changed',
};

/** Why a link opens nothing, how to come to one that does, and the code by which the README speaks of it. */
export function refusalPage(failure: ConnectorError): string {
  const fix = failure instanceof RetryLater ? 'Open the link again in a minute.' : failure.fix;
  return page(
    TITLES[failure.code] ?? 'That did not work',
    html`<p class="problem" role="alert">${failure.message}.</p>
<p>${withCommands(fix)}</p>
<p>Nothing was decided.</p>
<p class="note">Code: <code>${failure.code}</code></p>`,
  );
}
