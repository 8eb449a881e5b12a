import type { Command } from 'commander';
import type { ParkedCause } from '../../lib/core/parked-causes.ts';
import { groupByCause } from '../../lib/core/parked-causes.ts';
import { UNREADABLE } from '../../lib/store/documents.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print } from './io.ts';
import { chooseConnection, open } from './open.ts';
import { table, wrap } from './table.ts';

const HELP = `
Documents that wait for the same thing are one row: one fix lets all of them go on, by themselves.

Examples:
  ml-connector parked
  ml-connector parked --json`;

/** So many documents are named in a row; --json names all. */
const NAMED = 5;

export function addParked(program: Command, io: Io): void {
  program
    .command('parked')
    .description(
      'Show what waits for a person: why, what to choose from, how much money hangs on it, the fix',
    )
    .addHelpText('after', HELP)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { documents, ...deployment } = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const parked = await Promise.all(
        [id, UNREADABLE].map((connectionId) => documents.list(connectionId, { state: 'parked' })),
      );
      const causes = groupByCause(parked.flat());
      print(io, options.json, causes, () => inWords(causes));
    });
}

function inWords(causes: ParkedCause[]): string {
  if (causes.length === 0) return 'Nothing is parked.';
  const rows = causes.map(({ code, says, fix, about, candidates, documents, totals }) => [
    wrap(
      [
        `${code}: ${says}`,
        ...Object.entries(about).map(([name, value]) => `${name}: ${[value].flat().join(', ')}`),
        ...candidates.map((candidate) => `- ${candidate}`),
        `Fix: ${fix}`,
      ].join('\n'),
      80,
    ),
    namesOf(documents),
    Object.entries(totals)
      .map(([currency, total]) => `${total} ${currency}`)
      .join('\n'),
  ]);
  const count = causes.reduce((sum, { documents }) => sum + documents.length, 0);
  const heads = ['Why, and what to do', 'Documents', 'Total'];
  return `${table(heads, rows, ['Total'])}\n${count} documents wait for ${causes.length} fixes.`;
}

function namesOf(documents: ParkedCause['documents']): string {
  const names = documents.slice(0, NAMED).map(({ number, id }) => number || id);
  const more = documents.length > NAMED ? [`and ${documents.length - NAMED} more`] : [];
  return [...names, ...more].join('\n');
}
