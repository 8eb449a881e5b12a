import type { ApprovalRequest, Asked, SightBudget } from '../../core/approval/request.ts';

/** Why the mail is sent: a new request, one that waits for long, one that passed somebody by. */
export type Occasion = 'asked' | 'reminded' | 'escalated' | 'resent';

const KINDS: Record<string, string> = { 'purchase-order': 'purchase order', 'credit-note': 'credit note' };

/** What a document is called in the middle of a sentence. */
export function kindInWords(kind: string): string {
  return KINDS[kind] ?? kind;
}

const BEGINNINGS: Record<Occasion, string> = {
  asked: 'Please approve',
  resent: 'Please approve',
  reminded: 'Reminder: please approve',
  escalated: 'Nobody has answered yet, please approve',
};

/** The mail to one approver, in plain text: mail programs open and rewrite what looks like more. */
export function requestMail(
  request: ApprovalRequest,
  { name, email }: Pick<Asked, 'name' | 'email'>,
  link: { address: string; until: string },
  occasion: Occasion,
): { to: string; subject: string; text: string } {
  const { kind, number, supplier, amount, currency, projects, sight } = request;
  const where = projects.map((project) => project.name).join(', ');
  const lines = [
    `Hello ${name},`,
    '',
    `the ${kindInWords(kind)} ${number} of ${supplier} over ${grouped(amount)} ${currency} for ${where} waits for your decision:`,
    '',
    ...whyInWords(request).map((why) => `  - ${why}`),
    '',
    'See everything and decide here:',
    '',
    link.address,
    '',
    `The link is yours alone, works once and until ${link.until.slice(0, 16).replace('T', ' ')} UTC. Opening it decides nothing.`,
    ...(sight.lines.length > 0 ? ['', 'Lines:', ...sight.lines.slice(0, 20).map(lineInWords)] : []),
  ];
  return {
    to: email,
    subject: `${BEGINNINGS[occasion]}: ${kindInWords(kind)} ${number} of ${supplier}`,
    text: lines.join('\n'),
  };
}

/** What stands against the document, one sentence each. */
export function whyInWords({ sight, currency }: Pick<ApprovalRequest, 'sight' | 'currency'>): string[] {
  const { budgets, overBilling } = sight;
  const over = budgets.filter((budget) => budget.watched && budget.over !== '0.00');
  return [
    ...over.map((budget) => overInWords(budget, currency)),
    ...(overBilling
      ? [`It bills ${grouped(overBilling.beyond)} ${currency} more than its orders leave to bill.`]
      : []),
  ];
}

function overInWords({ scope, name, project, over, remaining }: SightBudget, currency: string): string {
  const what = scope === 'project' ? `The budget of ${name}` : `The budget code ${name} of ${project}`;
  const left = remaining.startsWith('-')
    ? `is overdrawn by ${grouped(remaining.slice(1))} ${currency} already`
    : `has ${grouped(remaining)} ${currency} left`;
  return `${what} ${left}: over by ${grouped(over)} ${currency}.`;
}

/** `1234567.50` → `1,234,567.50`. */
export function grouped(amount: string): string {
  return amount.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}

function lineInWords({ code, description, amount }: ApprovalRequest['sight']['lines'][number]): string {
  return `  ${code}  ${description}  ${grouped(amount)}`;
}
