import type { Connection } from '../../lib/core/connection.ts';
import type { Approver } from '../../lib/core/settings.ts';
import { usualSettings } from '../../lib/store/settings-schema.ts';
import { trailTable } from './audit.ts';
import { inShort } from './connection-in-short.ts';
import type { Sight } from './show-connection.ts';
import { table, wrap } from './table.ts';

export function connectionTable(connections: Connection[]): string {
  if (connections.length === 0) return 'Nothing is connected yet.';
  const rows = connections.map((connection) => {
    const { name, organisation, company, standing, since = '', code, why } = inShort(connection);
    return [name, organisation, company, standing, since, wrap([code, why].filter(Boolean).join(': '), 50)];
  });
  return table(['Name', 'Organisation', 'Company', 'Standing', 'Since', 'Why'], rows);
}

export function inPlainWords(sight: Sight): string {
  return [facts(sight), settings(sight), trailTable(sight.history)].join('\n\n');
}

function facts({ connection, tokens, webhook, waiting, documents, looked }: Sight): string {
  const { id, name, organisation, company, standing, since, why, fix } = connection;
  const rows = [
    ['Name', name],
    ['Id', id],
    ['Xero', `${organisation} (${connection.currency}), ${connection.grant}, app ${connection.xeroClientId}`],
    ['Procore', `company ${company}, app ${connection.procoreClientId}`],
    ['Connected', connection.createdAt],
    ['Standing', [standing, since && `since ${since}`].filter(Boolean).join(' ')],
    ...(why ? [['Why', wrap(why, 70)]] : []),
    ...(fix ? [['Fix', wrap(fix, 70)]] : []),
    ...(connection.lostProjects ? [['Projects not permitted', connection.lostProjects.join(', ')]] : []),
    ['Xero token until', tokens.xero ?? 'none'],
    ['Procore token until', tokens.procore ?? 'none'],
    ['Procore webhook', webhook],
    ['Next look', looked.nextPollAt ?? 'at once'],
    ['Last sweep', looked.lastSweepAt ?? 'none yet'],
    ['Documents', count(documents)],
    ['Queue (all connections)', count(waiting)],
  ];
  return table(['Connection', ''], rows as string[][]);
}

function settings({ settings }: Sight): string {
  const usual: Record<string, unknown> = usualSettings();
  const rows = Object.entries(settings).map(([name, value]) => [
    name,
    asText(value),
    name in usual && asText(usual[name]) === asText(value) ? 'default' : '',
  ]);
  return table(['Setting', 'Value', ''], rows);
}

function asText(value: unknown): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value)
      .map(([kind, date]) => `${kind} ${date}`)
      .join('\n');
  }
  if (!Array.isArray(value)) return String(value);
  const people: Approver[] = value;
  return people.map(({ name, email }) => `${name} <${email}>`).join('\n') || 'none';
}

function count(numbers: Record<string, number>): string {
  const told = Object.entries(numbers).map(([what, number]) => `${number} ${what}`);
  return told.join(', ') || 'none';
}
