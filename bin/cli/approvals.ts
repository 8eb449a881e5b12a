import type { Command } from 'commander';
import type { ApprovalRequest } from '../../lib/core/approval/request.ts';
import { isOpen } from '../../lib/core/approval/request.ts';
import type { Connection } from '../../lib/core/connection.ts';
import { BadInput } from '../../lib/core/errors.ts';
import { decide, personFor } from '../../lib/flows/approval/decide.ts';
import { levelSubscriptions } from '../../lib/flows/approval/level-subscriptions.ts';
import { resendLinks } from '../../lib/flows/approval/resend-links.ts';
import type { Revised } from '../../lib/store/table.ts';
import { approvalInWords, approvalsTable, approversTable } from './approval-views.ts';
import { whoAmI } from './consent.ts';
import { drained } from './drain.ts';
import { findDocument, WHICH_DOCUMENT } from './find-document.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print, say } from './io.ts';
import type { Opened } from './open.ts';
import { chooseConnection, open, withDesk } from './open.ts';
import { seconds } from './option-values.ts';

const HELP = `
What takes more than is left of a budget, or bills more than its order leaves to bill, waits until a person approves
or rejects it: by the link in their mail, or here. Where the connection names approvers, --as must be one of them.

Examples:
  ml-connector approvals list
  ml-connector approvals show PO-1234
  ml-connector approvals approve PO-1234 --as "Dana Reyes"
  ml-connector approvals reject PO-1234 --as dana@example.com --reason "Order the smaller lift"
  ml-connector approvals resend PO-1234`;

interface DecideOptions extends GlobalOptions {
  reason?: string;
  as?: string;
  wait: boolean;
  timeout: number;
}

export function addApprovals(program: Command, io: Io): void {
  const approvals = program
    .command('approvals')
    .description('What waits for an approval: list, show, approve, reject, resend')
    .addHelpText('after', HELP);
  approvals
    .command('list')
    .description('What waits for a person, the longest wait first')
    .addHelpText('after', HELP)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const waiting = await openRequests(id, deployment);
      print(io, options.json, waiting.map(asListed), () => approvalsTable(waiting));
    });
  approvals
    .command('show')
    .argument(...WHICH_DOCUMENT)
    .description('The budget picture, what would be written, who was asked, what was decided')
    .addHelpText('after', HELP)
    .action(async (wanted: string, _options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { request } = await find(wanted, options, io);
      print(io, options.json, withoutLinks(request), () => approvalInWords(request));
    });
  for (const [name, verdict, what] of [
    ['approve', 'approved', 'Let it through as it is'],
    ['reject', 'rejected', 'Keep this version out of Procore for good'],
  ] as const) {
    approvals
      .command(name)
      .argument(...WHICH_DOCUMENT)
      .description(what)
      .option('--reason <text>', verdict === 'rejected' ? 'why (needed)' : 'why')
      .option('--as <person>', 'who decides: name or address of an approver; you by default')
      .option('--no-wait', 'return at once')
      .option('--timeout <seconds>', 'how long to wait until it is carried', seconds, 600)
      .addHelpText('after', HELP)
      .action(async (wanted: string, _options, command: Command) => {
        const options = command.optsWithGlobals<DecideOptions>();
        const { request, connection, deployment } = await find(wanted, options, io);
        const person = personFor(options.as ?? whoAmI(), request, connection.settings.approvers);
        const by = options.as === undefined ? person : { ...person, by: `${person.by} (${whoAmI()})` };
        const reason = options.reason === undefined ? {} : { reason: options.reason };
        const said = { verdict, via: 'command line' as const, ...reason, undo: true };
        const answer = await decide(request, by, said, deployment);
        if (!answer.taken) {
          const facts = { document: request.number, state: answer.request.state };
          throw new BadInput('approval-decided', { facts });
        }
        if (options.wait && !isOpen(answer.request)) {
          const patience = { timeoutSeconds: options.timeout, local: options.stack === undefined };
          await drained(deployment, patience, io);
        }
        const now = await deployment.documents.get(connection.id, request.documentId);
        const result = { ...asListed(answer.request), document: now?.state ?? '' };
        print(io, options.json, result, () => inShort(answer.request, now?.state));
      });
  }
  approvals
    .command('approvers')
    .description('Who may decide and whom mail reaches; AWS asks those who were not asked yet to confirm')
    .addHelpText('after', HELP)
    .action((_options, command: Command) => showApprovers(command.optsWithGlobals<GlobalOptions>(), io));
  approvals
    .command('resend')
    .argument(...WHICH_DOCUMENT)
    .description('Mail everybody who was asked a new link; the ones before it work no longer')
    .addHelpText('after', HELP)
    .action(async (wanted: string, _options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { request, connection, deployment } = await find(wanted, options, io);
      const sent = await resendLinks(request, connection, withDesk(deployment));
      const people = sent.asked.filter(({ mailedAt }) => mailedAt !== undefined);
      if (people.length === 0) say(io, 'Nobody was mailed: the connection names nobody who may decide this.');
      print(io, options.json, asListed(sent), () =>
        people
          .map(({ name, email, links }) => `${name} <${email}>: a link until ${links.at(-1)?.until}`)
          .join('\n'),
      );
    });
}

/** Who may decide, by the settings, and whether mail reaches them. */
async function showApprovers(options: GlobalOptions, io: Io): Promise<void> {
  const deployment = await open(options, io);
  const { settings } = await chooseConnection(deployment, options.connection);
  const standings = await levelSubscriptions(withDesk(deployment));
  const confirmed = new Set(standings.filter((one) => one.confirmed).map(({ email }) => email));
  const approvers = settings.approvers.map((approver) => ({
    ...approver,
    mail: confirmed.has(approver.email.toLowerCase()) ? 'confirmed' : 'not confirmed yet',
  }));
  print(io, options.json, approvers, () => approversTable(approvers));
}

async function openRequests(
  connectionId: string,
  { documents, approvals }: Opened,
): Promise<Revised<ApprovalRequest>[]> {
  const waiting = await documents.list(connectionId, { state: 'awaiting-approval' });
  const requests = await Promise.all(waiting.map(({ id }) => approvals.get(connectionId, id)));
  return requests
    .filter((request) => request !== undefined)
    .toSorted((a, b) => (a.arrivedAt < b.arrivedAt ? -1 : Number(a.arrivedAt > b.arrivedAt)));
}

async function find(
  wanted: string,
  options: GlobalOptions,
  io: Io,
): Promise<{ request: Revised<ApprovalRequest>; connection: Connection; deployment: Opened }> {
  const deployment = await open(options, io);
  const connection = await chooseConnection(deployment, options.connection);
  const { id } = await findDocument(connection.id, wanted, deployment);
  const request = await deployment.approvals.get(connection.id, id);
  if (!request) throw new BadInput('approval-missing', { facts: { document: wanted } });
  return { request, connection, deployment };
}

/** The format that scripts rely on. */
function asListed(request: ApprovalRequest) {
  const { documentId, kind, number, supplier, amount, currency, state, arrivedAt, sight, ...rest } = request;
  return {
    id: documentId,
    kind,
    number,
    supplier,
    amount,
    currency,
    state,
    projects: rest.projects.map(({ name }) => name),
    budgets: sight.budgets.filter(({ watched }) => watched),
    ...(sight.overBilling && { overBilled: sight.overBilling.beyond }),
    arrivedAt,
    approvalsNeeded: rest.approvalsNeeded,
    asked: rest.asked.map(({ name, email, links, mailedAt = null }) => {
      return { name, email, mailedAt, until: links.at(-1)?.until ?? null };
    }),
    decisions: rest.decisions.map(({ told: _told, ...decision }) => decision),
  };
}

/** Not even the hash of a link is anybody's business. */
function withoutLinks({ sight, ...request }: ApprovalRequest) {
  return { ...asListed({ ...request, sight }), lines: sight.lines, writes: sight.writes };
}

function inShort(request: ApprovalRequest, state = ''): string {
  const more = isOpen(request) ? '; one more person must approve' : '';
  return `${request.number}: ${request.state}${more}. The document is ${state}.`;
}
