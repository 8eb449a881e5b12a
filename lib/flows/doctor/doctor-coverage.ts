import { allocate } from '../../core/allocate.ts';
import type { Code } from '../../core/codes.ts';
import { CODES } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import type { DocumentLine, PurchaseOrder } from '../../core/documents.ts';
import { isRemark } from '../../core/eligibility.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { Project } from '../../core/procore-records.ts';
import { compileRules } from '../../core/rules/rule-book.ts';
import { openBooks } from '../clients.ts';
import type { Deployment } from '../deployment.ts';
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
      const { rules, projectRules, named } = await readMappings(connection, deployment);
      const tables = {
        rules: compileRules(rules),
        projectRules,
        projects: projects ?? named.map((text) => ({ id: text, name: text })),
        defaultProject: connection.settings.defaultProject,
      };
      const orders = await latestOrders(connection, deployment);
      const lines = orders.flatMap((order) =>
        order.lines.filter((line) => !isRemark(line)).map((line) => ({ order, line })),
      );
      const lacks = lines.flatMap(({ order, line }) => {
        const lack = lackOf(order, line, tables);
        return lack ? [lack] : [];
      });
      const onTrust = projects ? '' : ' Procore could not be asked whether it shows the projects.';
      return verdict({ orders: orders.length, lines: lines.length }, lacks, onTrust);
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

interface Lack {
  code: Code;
  /** What lacks a rule, in words: the same for all lines that the same rule would help. */
  what: string;
}

function lackOf(
  order: PurchaseOrder,
  line: DocumentLine,
  tables: Parameters<typeof allocate>[1],
): Lack | undefined {
  try {
    allocate({ ...order, lines: [line] }, tables);
    return undefined;
  } catch (error) {
    if (!(error instanceof NeedsPerson)) throw error;
    return { code: error.code, what: inWords(error, line) };
  }
}

function inWords({ code, facts }: NeedsPerson, { account, item, tracking }: DocumentLine): string {
  const options = tracking.map(({ category, option }) => `${category}=${option}`).join(' + ');
  if (code === 'account-unmapped')
    return item === undefined ? `account ${account}` : `account ${account} with item ${item}`;
  if (code === 'project-unmapped')
    return options ? `${options} (no project)` : 'lines without tracking (no project)';
  if (code === 'project-ambiguous') return `${options} (two projects)`;
  if (code === 'line-without-account') return 'lines without an account';
  const about = facts.project ?? facts.rules ?? account ?? '';
  return `${[about].flat().join(' and ')} (${CODES[code].says.toLowerCase()})`;
}

function verdict(
  { orders, lines }: { orders: number; lines: number },
  lacks: Lack[],
  onTrust: string,
): Verdict {
  if (lines === 0)
    return { level: 'ok', says: 'Xero has no order whose lines could be tried on the tables.' };
  const done = lines - lacks.length;
  const says = `${done} of ${counted(lines, 'line')} of the latest ${counted(orders, 'order')} in Xero ${done === 1 ? 'gets' : 'get'} a project and a cost code by the tables.${onTrust}`;
  if (lacks.length === 0) return { level: 'ok', says };
  const byWhat = [...Map.groupBy(lacks, ({ what }) => what)].toSorted(([, a], [, b]) => b.length - a.length);
  const most = byWhat.map(([what, { length }]) => `${what}: ${counted(length, 'line')}`);
  const verdict = warning(`${says} What lacks: ${listed(most, NAMED)}.`, fixOf(lacks));
  return done === 0 ? { ...verdict, level: 'problem' } : verdict;
}

/** The ways to mend what lacks, the one that helps most lines first. */
function fixOf(lacks: Lack[]): string {
  const byCode = [...Map.groupBy(lacks, ({ code }) => code)].toSorted(([, a], [, b]) => b.length - a.length);
  return byCode.map(([code]) => CODES[code].fix).join(' ');
}
