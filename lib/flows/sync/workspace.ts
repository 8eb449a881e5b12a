import { createHash } from 'node:crypto';
import type { AllocationTables } from '../../core/allocate.ts';
import type { Connection } from '../../core/connection.ts';
import type { ProjectWorld } from '../../core/desired-commitments.ts';
import type { Contact } from '../../core/documents.ts';
import type { Books, ProjectTool } from '../../core/ports.ts';
import type { BudgetView, Commitment } from '../../core/procore-records.ts';
import type { CostCodeRule, ProjectRule } from '../../core/rules/rule.ts';
import { compileRules } from '../../core/rules/rule-book.ts';
import type { VendorIndex } from '../../core/vendor-match.ts';
import { indexVendors } from '../../core/vendor-match.ts';
import { openBooks, openProjectTool } from '../clients.ts';
import type { Deployment } from '../deployment.ts';

/** Everything one batch needs of one connection; each list of reference data is read once, when first needed. */
export interface Workspace {
  deployment: Deployment;
  connection: Connection;
  books: Books;
  tool: ProjectTool;
  allocationTables(): Promise<AllocationTables>;
  vendors(): Promise<VendorIndex>;
  vendorIdsOf(projectId: string): Promise<Set<string>>;
  projectWorld(projectId: string): Promise<ProjectWorld>;
  budgetViewsOf(projectId: string): Promise<BudgetView[]>;
  /** All commitments of the project as they stood when the first was asked for, whoever wrote them. */
  commitmentsOf(projectId: string): Promise<Commitment[]>;
  /** Reads the contact, together with all others that `expectContacts` announced. */
  contact(contactId: string): Promise<Contact | undefined>;
  expectContacts(contactIds: Iterable<string>): void;
}

export async function openWorkspace(deployment: Deployment, connection: Connection): Promise<Workspace> {
  const books = await openBooks(deployment, connection);
  const tool = openProjectTool(deployment, connection);
  const expected = new Set<string>();
  const contacts = new Map<string, Contact>();
  const costTypes = once(() => tool.costTypes());

  return {
    deployment,
    connection,
    books,
    tool,
    allocationTables: once(async () => {
      const [rules, projectRules, projects] = await Promise.all([
        deployment.tables.read(connection.id, 'cost-codes'),
        deployment.tables.read(connection.id, 'projects'),
        tool.projects(),
      ]);
      const { defaultProject } = connection.settings;
      return {
        rules: compileRules(rules.rows as CostCodeRule[]),
        projectRules: projectRules.rows as ProjectRule[],
        projects,
        defaultProject,
      };
    }),
    vendors: once(async () => indexVendors(await tool.vendors())),
    vendorIdsOf: oncePerKey((projectId) => tool.vendorIdsOfProject(projectId)),
    projectWorld: oncePerKey(async (projectId) => {
      const [costCodes, types, wbsCodes, segments, billingPeriods] = await Promise.all([
        tool.costCodes(projectId),
        costTypes(),
        tool.wbsCodes(projectId),
        tool.segments(projectId),
        tool.billingPeriods(projectId),
      ]);
      return { costCodes, costTypes: types, wbsCodes, segments, billingPeriods };
    }),
    budgetViewsOf: oncePerKey((projectId) => tool.budgetViews(projectId)),
    commitmentsOf: oncePerKey((projectId) => tool.commitments(projectId)),
    expectContacts(contactIds) {
      for (const id of contactIds) expected.add(id);
    },
    async contact(contactId) {
      if (!contacts.has(contactId)) {
        const wanted = [...expected.add(contactId)].filter((id) => !contacts.has(id));
        for (const [id, contact] of await books.contacts(wanted)) contacts.set(id, contact);
      }
      return contacts.get(contactId);
    },
  };
}

/** 128 bits of SHA-256 over the JSON: enough that no two contents of one document ever meet. */
export function fingerprint(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}

function oncePerKey<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const readings = new Map<string, () => Promise<T>>();
  return (key) => {
    const reading = readings.get(key) ?? once(() => read(key));
    readings.set(key, reading);
    return reading();
  };
}
