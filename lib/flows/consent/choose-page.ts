import { html } from 'hono/html';
import { page } from './page.ts';

export interface Choice {
  name: string;
  /** Whether it was allowed just now, where that can be told. */
  now?: boolean;
  /** The connection that has it already: then it cannot be chosen. */
  connectedAs?: string;
}

/** The organisations that the consent covers. None is chosen beforehand, not even an only one. */
export function choosePage(options: {
  choices: Choice[];
  companyId: string;
  token: string;
  action: string;
  problem?: string;
}): string {
  const { choices, companyId, token, action, problem } = options;
  if (choices.length === 0) return nothingToChoose();
  const free = choices.some(({ connectedAs }) => connectedAs === undefined);
  return page(
    'Which organisation?',
    html`${problem === undefined ? '' : html`<p class="problem" role="alert">${problem}</p>`}
<p>Xero lets the connector read these organisations. Choose the one that belongs to Procore company ${companyId}.</p>
<form method="post" action="${action}">
<input type="hidden" name="token" value="${token}">
<fieldset>
<legend>Xero organisation</legend>
${choices.map(choiceLine)}
</fieldset>
${free ? html`<button>Connect</button>` : html`<p class="problem">All of them are connected already.</p>`}
</form>`,
  );
}

function choiceLine({ name, now, connectedAs }: Choice, index: number) {
  const note = connectedAs === undefined ? allowedWhen(now) : `Connected already, as “${connectedAs}”`;
  const state = connectedAs === undefined ? html`required` : html`disabled`;
  return html`<label class="choice">
<input type="radio" name="organisation" value="${index}" ${state}>
<span>${name}${note === undefined ? '' : html` <span class="note">${note}</span>`}</span>
</label>
`;
}

function allowedWhen(now: boolean | undefined): string | undefined {
  if (now === undefined) return undefined;
  return now ? 'Allowed just now' : 'Allowed earlier';
}

function nothingToChoose(): string {
  return page(
    'No organisation was allowed',
    html`<p>The consent covers no Xero organisation.</p>
<p>Open the link again and choose at least one organisation on Xero’s page.</p>`,
  );
}
