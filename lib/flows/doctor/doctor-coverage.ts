import { CODES } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import type { Coverage } from '../../core/coverage/coverage.ts';
import { coverageOf } from '../../core/coverage/coverage.ts';
import type { Gap } from '../../core/coverage/gaps.ts';
import type { PurchaseOrder } from '../../core/documents.ts';
import type { Project } from '../../core/procore-records.ts';
import { openBooks } from '../clients.ts';
import type { Deployment } from '../deployment.ts';
import { allocationTables } from '../mappings/allocation-tables.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, warning } from './finding.ts';
import { counted, listed } from './in-words.ts';
import { readMappings } from './mapping-tables.ts';

/** How many of what lacks a rule are named. */
const NAMED = 10;

/**
 * How many lines of the latest 100 orders get a project and a cost code by the tables, and what the others lack.
 * Without the projects that Procore shows, those of the tables are taken at their word.
 */
export async function checkCoverage(
  connection: Connection,
  deployment: Deployment,
  projects: Project[] | undefined,
): Promise<Finding[]> {
  return [
    await examine('mapping coverage', async () => {
      const mappings = await readMappings(connection, deployment);
      const tables = allocationTables(connection, mappings, projects);
      const orders = await latestOrders(connection, deployment);
      const onTrust = projects ? '' : ' Procore could not be asked whether it shows the projects.';
      return verdict(orders.length, coverageOf(orders, tables, connection.xero.currency), onTrust);
    }),
  ];
}

/** The first page of a listing that begins with the latest change holds a hundred orders. */
async function latestOrders(connection: Connection, deployment: Deployment): Promise<PurchaseOrder[]> {
  const books = await openBooks(deployment, connection);
  for await (const { orders } of books.purchaseOrdersSince()) {
    return orders.filter(({ status }) => status !== 'DELETED');
  }
  return [];
}

function verdict(orders: number, { all, mapped, gaps }: Coverage, onTrust: string): Verdict {
  if (all.lines === 0)
    return { level: 'ok', says: 'Xero has no order whose lines could be tried on the tables.' };
  const done = mapped.lines;
  const says = `${done} of ${counted(all.lines, 'line')} of the latest ${counted(orders, 'order')} in Xero ${done === 1 ? 'gets' : 'get'} a project and a cost code by the tables.${onTrust}`;
  if (gaps.length === 0) return { level: 'ok', says };
  const most = gaps
    .toSorted((a, b) => b.lines - a.lines)
    .map((gap) => `${inWords(gap)}: ${counted(gap.lines, 'line')}`);
  const fixes = `${fixOf(gaps)} What hangs on each is told by \`ml-connector mappings coverage\`.`;
  const verdict = warning(`${says} What lacks: ${listed(most, NAMED)}.`, fixes);
  return done === 0 ? { ...verdict, level: 'problem' } : verdict;
}

function inWords({ kind, what, lacks }: Gap): string {
  return kind === 'line' ? what : `${what} (${lacks})`;
}

/** The ways to mend what lacks, the one that helps most lines first. */
function fixOf(gaps: Gap[]): string {
  const lines = new Map<Gap['code'], number>();
  for (const gap of gaps) lines.set(gap.code, (lines.get(gap.code) ?? 0) + gap.lines);
  const byCode = [...lines].toSorted(([, a], [, b]) => b - a);
  return byCode.map(([code]) => CODES[code].fix).join(' ');
}
