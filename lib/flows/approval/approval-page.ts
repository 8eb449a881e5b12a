import { html } from 'hono/html';
import type { ApprovalRequest, Asked, Sight } from '../../core/approval/request.ts';
import type { AuditEntry } from '../../core/links.ts';
import type { Html } from '../web-page.ts';
import { budgetFigure } from './budget-bar.ts';
import { historyInWords } from './history-in-words.ts';
import { page } from './page.ts';
import { grouped, kindInWords, whyInWords } from './request-mail.ts';

/** Everything that a person needs to decide, and the two buttons. `problem` says what was wrong with the last answer. */
export function approvalPage(
  request: ApprovalRequest,
  person: Pick<Asked, 'name'>,
  history: AuditEntry[],
  problem?: string,
): string {
  const { number, kind, currency } = request;
  return page(
    `Approve ${kindInWords(kind)} ${number}?`,
    html`<a class="skip" href="#decide">Go to the decision</a>
${summary(request)}
<ul class="why">${whyInWords(request).map((why) => html`<li>${why}</li>`)}</ul>
${budgets(request.sight, currency)}
${overBilling(request.sight)}
${lines(request)}
<details><summary>What exactly will be written to Procore</summary>${writes(request.sight)}</details>
<details><summary>What happened so far</summary><ul>${historyInWords(history).map(({ at, what }) => html`<li><time datetime="${at}">${dayAndTime(at)}</time><br>${what}</li>`)}</ul></details>
${form(request, person, problem)}`,
  );
}

export function summary({ supplier, amount, currency, projects, sight }: ApprovalRequest): Html {
  return html`<p class="sum">${grouped(amount)} <small>${currency}</small></p>
<p class="who">${supplier}</p>
<dl class="facts">
<dt>${projects.length > 1 ? 'Projects' : 'Project'}</dt><dd>${projects.map(({ name, number }) => (number === undefined ? name : `${number} ${name}`)).join('; ')}</dd>
${sight.reference === undefined ? '' : html`<dt>Reference</dt><dd>${sight.reference}</dd>`}
${sight.date === undefined ? '' : html`<dt>Date</dt><dd>${sight.date}</dd>`}
</dl>`;
}

/** Those that count in full; the others for whoever wants to know. */
function budgets({ budgets }: Sight, currency: string): Html {
  const counted = budgets.filter(({ watched }) => watched);
  const others = budgets.filter(({ watched }) => !watched);
  if (budgets.length === 0) return html``;
  return html`<section aria-labelledby="budget"><h2 id="budget">Budget (${currency})</h2>
${counted.map((budget) => budgetFigure(budget, currency))}
${others.length === 0 ? '' : html`<details><summary>${others[0]!.scope === 'project' ? 'The project as a whole' : 'Budget code by budget code'}</summary>${others.map((budget) => budgetFigure(budget, currency))}</details>`}</section>`;
}

function overBilling({ overBilling }: Sight): Html {
  if (!overBilling) return html``;
  return html`<section aria-labelledby="over-billed"><h2 id="over-billed">More than was ordered</h2>
<table><thead><tr><th scope="col">Line of the order</th><th scope="col">Too much</th></tr></thead>
<tbody>${overBilling.lines.map(({ description, excess }) => html`<tr><td>${description}</td><td>${grouped(excess)}</td></tr>`)}</tbody>
<tfoot><tr><th scope="row">Together</th><td>${grouped(overBilling.beyond)}</td></tr></tfoot></table></section>`;
}

function lines({ sight: { lines, moreLines }, amount: whole, currency }: ApprovalRequest): Html {
  const several = new Set(lines.map(({ project }) => project)).size > 1;
  return html`<section aria-labelledby="lines"><h2 id="lines">Lines</h2>
<table><thead><tr><th scope="col">What, on which cost code</th><th scope="col">${currency}</th></tr></thead>
<tbody>${lines.map(
    ({ code, description, amount, project }) =>
      html`<tr><td>${description}<span class="note">${[code, several ? project : ''].filter(Boolean).join(' · ')}</span></td><td>${grouped(amount)}</td></tr>`,
  )}</tbody>
<tfoot><tr><th scope="row">Together</th><td>${grouped(whole)}</td></tr></tfoot></table>
${moreLines === 0 ? '' : html`<p class="note">and ${moreLines} more lines</p>`}</section>`;
}

function writes({ writes }: Sight): Html {
  return html`<ol>${writes.map(
    ({ does, project, total, lines = [] }) =>
      html`<li>${does}${total === undefined ? '' : html`: ${grouped(total)}`}${project === undefined ? '' : html` <span class="note">${project}</span>`}${lines.length === 0 ? '' : html`<ul>${lines.map((line) => html`<li>${line.code} ${line.description}: ${grouped(line.amount)}</li>`)}</ul>`}</li>`,
  )}</ol>`;
}

function form(
  { approvalsNeeded, decisions }: ApprovalRequest,
  { name }: Pick<Asked, 'name'>,
  problem?: string,
): Html {
  const invalid = problem === undefined ? html`` : html` aria-invalid="true" autofocus`;
  const given = decisions.filter(({ verdict }) => verdict === 'approved');
  const second =
    approvalsNeeded < 2
      ? ''
      : html`<p>${approvalsNeeded} persons must approve this. ${given.length === 0 ? 'Nobody has yet.' : `${given.map(({ by }) => by).join(', ')} has already.`}</p>`;
  return html`<section class="decide" id="decide" aria-labelledby="decide-title"><h2 id="decide-title">Your decision, ${name}</h2>
${second}
<form method="post">
${problem === undefined ? '' : html`<p class="problem" role="alert" id="problem">${problem}</p>`}
<label for="reason">Reason</label>
<textarea id="reason" name="reason" maxlength="2000" aria-describedby="${problem === undefined ? '' : 'problem '}reason-note"${invalid}></textarea>
<span class="note" id="reason-note">Needed to reject. Everybody who sees the document’s history reads it.</span>
<div class="buttons">
<button name="verdict" value="approved">Approve</button>
<button name="verdict" value="rejected" class="reject">Reject</button>
</div>
</form>
<p class="note">Your approval holds for exactly this: supplier, projects, cost codes and amounts. If any of them changes in Xero, you are asked again.</p></section>`;
}

export function dayAndTime(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
