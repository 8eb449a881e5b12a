import { html } from 'hono/html';
import type { ApprovalRequest, Asked, Decision } from '../../core/approval/request.ts';
import { isSamePerson } from '../../core/approval/request.ts';
import type { Html } from '../web-page.ts';
import { dayAndTime, summary } from './approval-page.ts';
import { page } from './page.ts';

/** What was decided: just `now` by this person, or `before`, by whomever; there is nothing to press. */
export function resultPage(
  request: ApprovalRequest,
  { name: by, email }: Pick<Asked, 'name' | 'email'>,
  when: 'now' | 'before',
): string {
  const mine = request.decisions.findLast((decision) => isSamePerson(decision, { by, email }));
  return page(
    titleOf(request, when === 'now' ? mine : undefined),
    html`<div role="status">${whatNow(request, when === 'now' ? mine : undefined)}</div>
${request.decisions.length === 0 ? '' : html`<h2>What was said</h2><ul>${request.decisions.map(said)}</ul>`}
<h2>What it was about</h2>
${summary(request)}
<p class="note">You can close this page.</p>`,
  );
}

function titleOf({ number, state }: ApprovalRequest, mine: Decision | undefined): string {
  if (mine && state === 'open') return `${number}: your approval is noted`;
  if (mine) return `${number} is ${mine.verdict}`;
  if (state === 'approved' || state === 'rejected') return `${number} is ${state} already`;
  return state === 'open' ? `${number}: you have answered already` : `${number} needs no decision any more`;
}

function whatNow({ state, approvalsNeeded, decisions }: ApprovalRequest, mine: Decision | undefined): Html {
  const missing = approvalsNeeded - decisions.filter(({ verdict }) => verdict === 'approved').length;
  switch (state) {
    case 'open':
      return html`<p class="done">${missing === 1 ? 'One more person' : `${missing} more persons`} must approve before it is written to Procore.</p>`;
    case 'approved':
      return html`<p class="done">${mine ? 'It is being written to Procore now; that takes a minute.' : 'It was let through, and this link decides nothing any more.'}</p>`;
    case 'rejected':
      return html`<p class="done no">${mine ? 'This version will not be written to Procore.' : 'It stays out of Procore, and this link decides nothing any more.'} Somebody can change the document in Xero; then it is looked at again.</p>`;
    case 'withdrawn':
      return html`<p class="done">The document was deleted in Xero, or is no longer to be carried.</p>`;
    case 'released':
      return html`<p class="done">It fits by now: the budget was raised, or the document lowered. It went on by itself.</p>`;
    case 'superseded':
      return html`<p class="done">The document changed in Xero, and what you were asked about is no more.</p>`;
  }
}

function said({ by, verdict, at, reason, via }: Decision): Html {
  return html`<li>${by} ${verdict} it <time datetime="${at}">${dayAndTime(at)}</time>${via === 'link' ? '' : ` at the ${via}`}${reason === undefined ? '' : html`: “${reason}”`}</li>`;
}
