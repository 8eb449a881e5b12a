import type { ApprovalRequest, SightBudget } from '../../lib/core/approval/request.ts';
import type { Approver } from '../../lib/core/settings.ts';
import { grouped, whyInWords } from '../../lib/flows/approval/request-mail.ts';
import { table, wrap } from './table.ts';

export function approvalsTable(requests: ApprovalRequest[]): string {
  if (requests.length === 0) return 'Nothing waits for an approval.';
  const rows = requests.map((request) => [
    request.number || request.documentId,
    wrap(request.supplier, 30),
    grouped(request.amount),
    request.currency,
    wrap(whyInWords(request).join('\n'), 60),
    request.arrivedAt.slice(0, 16).replace('T', ' '),
    request.asked.map(({ name }) => name).join('\n') || 'nobody',
  ]);
  return table(['Document', 'Supplier', 'Amount', '', 'Why', 'Since', 'Asked'], rows, ['Amount']);
}

export function approversTable(approvers: (Approver & { mail: string })[]): string {
  if (approvers.length === 0) return 'Nobody: what is held is decided at the command line.';
  const rows = approvers.map(({ name, email, projects = ['all'], upTo = 'any', standIn, mail }) => [
    name,
    email,
    projects.join(', '),
    upTo,
    standIn ? 'stands in' : '',
    mail,
  ]);
  return table(['Name', 'Address', 'Projects', 'Up to', '', 'Mail'], rows, ['Up to']);
}

/** Everything that a person needs to decide. */
export function approvalInWords(request: ApprovalRequest): string {
  const { number, kind, supplier, amount, currency, state, sight } = request;
  return [
    `${kind} ${number} of ${supplier}, ${grouped(amount)} ${currency}: ${state}`,
    ...whyInWords(request).map((why) => `  ${why}`),
    table(
      ['Budget', 'Revised', 'Committed', 'Direct', 'Held before', 'Of it own', 'Left', 'This', 'Over'],
      sight.budgets.map(budgetRow),
      ['Revised', 'Committed', 'Direct', 'Held before', 'Of it own', 'Left', 'This', 'Over'],
    ),
    table(
      ['', 'Project', 'Write', 'Cost code', 'Amount'],
      sight.writes.flatMap(({ project = '', does, lines = [], total = '' }, index) => [
        [String(index + 1), project, wrap(does, 60), '', total],
        ...lines.map((line) => ['', '', `  ${wrap(line.description, 58)}`, line.code, line.amount]),
      ]),
      ['Amount'],
    ),
    people(request),
  ].join('\n');
}

function budgetRow({ name, watched, ...figures }: SightBudget): string[] {
  const { revised, committed, direct, earlier, own, remaining, amount, over } = figures;
  const amounts = [revised, committed, direct, earlier, own, remaining, amount, over].map(grouped);
  return [watched ? name : `(${name})`, ...amounts];
}

function people({ asked, decisions, approvalsNeeded }: ApprovalRequest): string {
  const rows = [
    ...asked.map(({ name, email, links, mailedAt }) => [
      `${name} <${email}>`,
      mailedAt === undefined ? 'not mailed yet' : `asked ${mailedAt}, link until ${links.at(-1)?.until}`,
    ]),
    ...decisions.map(({ by, verdict, at, via, reason = '' }) => [
      by,
      wrap(`${verdict} ${at} by ${via}${reason && `: ${reason}`}`, 70),
    ]),
  ];
  const needed = approvalsNeeded > 1 ? `${approvalsNeeded} persons must approve.\n` : '';
  return needed + (rows.length > 0 ? table(['Person', ''], rows) : 'Nobody was asked by mail.');
}
