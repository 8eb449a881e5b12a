import type { Command } from 'commander';
import { BadInput } from '../../lib/core/errors.ts';
import type { DocumentRecord } from '../../lib/core/links.ts';
import type { PlannedWrite } from '../../lib/core/planned-writes.ts';
import type { Preview } from '../../lib/flows/sync/show-plan.ts';
import { showPlan } from '../../lib/flows/sync/show-plan.ts';
import { findDocument, WHICH_DOCUMENT } from './find-document.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print } from './io.ts';
import { chooseConnection, open } from './open.ts';
import { table, wrap } from './table.ts';
import { tellSlowly } from './tell-slowly.ts';

const HELP = `
Reads the document as it is in Xero now, looks at what stands in Procore, and writes nothing. An order that the
connector has not seen yet is found by its number, too.

Examples:
  ml-connector plan PO-1201
  ml-connector plan 5b1ecf1e-9a5c-4c5c-8d0c-2f8f4b1c0c11 --json`;

export function addPlan(program: Command, io: Io): void {
  program
    .command('plan')
    .argument(...WHICH_DOCUMENT)
    .description('Show what would be written to Procore for a document, cost code by cost code')
    .addHelpText('after', HELP)
    .action(async (wanted: string, _options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const deployment = await open(options, io);
      const connection = await chooseConnection(deployment, options.connection);
      const { progress, done } = tellSlowly(io);
      progress(`planning ${wanted}`);
      const known = await unlessUnknown(findDocument(connection.id, wanted, deployment));
      const kind = known?.kind ?? 'purchase-order';
      if (kind === 'message') throw new BadInput('document-unknown', { facts: { wanted } });
      const id = known?.id ?? wanted;
      const preview = await showPlan({ kind, id }, connection, deployment).finally(done);
      print(io, options.json, preview, () => inWords(preview));
    });
}

async function unlessUnknown(found: Promise<DocumentRecord>): Promise<DocumentRecord | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof BadInput && error.code === 'document-unknown') return undefined;
    throw error;
  }
}

const OUTCOMES: Record<Preview['outcome'], string> = {
  'would-write': 'would be written to Procore:',
  level: 'stands in Procore as it should; nothing would be written.',
  'would-hold': 'would wait until a person allows it, and then be written to Procore:',
  rejected: 'was rejected, so that nothing is written:',
  'would-park': 'would be parked:',
  'left-out': 'is left out:',
};

function inWords(preview: Preview): string {
  const { kind, number, id, supplier, status, total, currency, outcome } = preview;
  const { code, message, fix, match, drift, writes } = preview;
  const head = `${[kind, number || id, status, supplier && `of ${supplier}`].filter(Boolean).join(' ')}, ${total} ${currency}, ${OUTCOMES[outcome]}`;
  const why = code === undefined ? [] : [wrap(`${code}: ${message}`, 100), wrap(`Fix: ${fix}`, 100)];
  const orders = match && (Array.isArray(match.orders) ? `For ${match.orders.join(', ')}` : 'For no order');
  const belongs = match ? [wrap(`${orders}: ${match.why.join('; ')}`, 100)] : [];
  const over = drift ? ['Written over what people changed in Procore, it would be:'] : [];
  return [head, ...belongs, ...why, ...over, ...(writes.length > 0 ? [asTable(writes)] : [])].join('\n');
}

/** A row for each write, and under it one for each of its lines. */
function asTable(writes: PlannedWrite[]): string {
  const rows = writes.flatMap(({ project = '', does, lines = [], total = '' }, index) => [
    [String(index + 1), project, wrap(does, 60), '', total],
    ...lines.map(({ code, description, amount }) => ['', '', `  ${wrap(description, 58)}`, code, amount]),
  ]);
  return table(['', 'Project', 'Write', 'Cost code', 'Amount'], rows, ['Amount']);
}
