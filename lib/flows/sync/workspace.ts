import type { ChangeQueue } from '../../aws/queue.ts';
import type { AllocationTables } from '../../core/allocate.ts';
import type { ListedOrder, OrderIndex } from '../../core/bill-match/order-index.ts';
import { indexListed } from '../../core/bill-match/order-index.ts';
import type { KnownOrder } from '../../core/charges/known-order.ts';
import type { ApplicationLink } from '../../core/charges/links.ts';
import type { Connection } from '../../core/connection.ts';
import type { ProjectWorld } from '../../core/desired-commitments.ts';
import type { Contact } from '../../core/documents.ts';
import { LONGEST_CHAIN, survivorOf } from '../../core/documents.ts';
import type { Books, ProjectTool } from '../../core/ports.ts';
import type { Priority } from '../../core/priority.ts';
import type { Commitment } from '../../core/procore-records.ts';
import type { CostCodeRule, ProjectRule } from '../../core/rules/rule.ts';
import { compileRules } from '../../core/rules/rule-book.ts';
import type { BudgetTurns } from '../approval/budget-turns.ts';
import { openBudgetTurns } from '../approval/budget-turns.ts';
import { BATCH_PATIENCE_SECONDS, openBooks, openProjectTool } from '../clients.ts';
import type { Crew } from '../crew.ts';
import { openCrew } from '../crew.ts';
import type { Deployment } from '../deployment.ts';
import type { Catalogue } from '../reference/catalogue.ts';
import { openCatalogue } from '../reference/catalogue.ts';
import type { CompanyVendors } from '../vendors/company-vendors.ts';
import { openCompanyVendors } from '../vendors/company-vendors.ts';
import type { JointSteps } from './joint-steps.ts';
import { openJointSteps, queueTogether } from './joint-steps.ts';

/** Everything one batch needs of one connection; each list is read once, when first needed. */
export interface Workspace {
  deployment: Deployment;
  connection: Connection;
  books: Books;
  tool: ProjectTool;
  /** The documents of the batch that are worked on side by side, and what they ask of Procore together. */
  crew: Crew;
  joint: JointSteps;
  /** The deployment, whose queue gets each document once that several want looked at again. */
  queued: Pick<Deployment, 'clock' | 'documents'> & { queue: Pick<ChangeQueue, 'send'> };
  /** The right to look at budgets. */
  budgets: BudgetTurns;
  /** What is known of both sides' reference data; its noes are not to be believed without a second look. */
  catalogue: Catalogue;
  allocationTables(): Promise<AllocationTables>;
  vendors: CompanyVendors;
  vendorIdsOf(projectId: string): Promise<Set<string>>;
  projectWorld(projectId: string): Promise<ProjectWorld>;
  /** Whether a look at the connection's orders has ever come to its end. */
  ordersAreRead(): Promise<boolean>;
  /** All orders in short, these among them as they are. */
  orderIndex(present: Pick<ListedOrder, 'id' | 'number'>[]): Promise<OrderIndex>;
  /** The orders of a supplier as they were known when the first was asked for. */
  ordersOf(contactId: string): Promise<KnownOrder[]>;
  /**
   * What charges bill on an order, as it was last read in this batch: good enough to judge by which order is meant, not to
   * write by.
   */
  applicationsOn(orderId: string): Promise<ApplicationLink[]>;
  /** To be called where that has changed. */
  forgetApplications(orderIds: string[]): void;
  /** All commitments of the project as they stood when the first was asked for, whoever wrote them. */
  commitmentsOf(projectId: string): Promise<Commitment[]>;
  /**
   * Reads the contact, together with all others that `expectContacts` announced; of a merged one its survivor, unless
   * it is asked for `itself`.
   */
  contact(contactId: string, itself?: 'itself'): Promise<Contact | undefined>;
  expectContacts(contactIds: Iterable<string>): void;
  /** Takes contacts over that were read otherwise. */
  knowContacts(contacts: Contact[]): void;
  /** Contacts that were merged since contacts were last looked at whole: who is gone, and into whom. */
  recentMerges(): Promise<Map<string, string>>;
}

/** `patienceSeconds`: how long its calls wait in place for a vendor's limit. */
export async function openWorkspace(
  deployment: Deployment,
  connection: Connection,
  priority: Priority = 'webhook',
  patienceSeconds = BATCH_PATIENCE_SECONDS,
): Promise<Workspace> {
  const books = await openBooks(deployment, connection, priority, patienceSeconds);
  const tool = openProjectTool(deployment, connection, priority, patienceSeconds);
  const catalogue = openCatalogue(deployment, connection);
  const crew = openCrew();
  const expected = new Set<string>();
  const contacts = new Map<string, Contact>();
  /** By the list that they were made of: what is read anew is made again. */
  const members = new WeakMap<object, Set<string>>();
  const rules = once(async () => {
    const { rows } = await deployment.tables.read(connection.id, 'cost-codes');
    return compileRules(rows as CostCodeRule[]);
  });
  const projectRules = once(async () => (await deployment.tables.read(connection.id, 'projects')).rows);
  let index: Promise<OrderIndex> | undefined;
  const readIndex = async () => indexListed(await deployment.suppliers.entries(connection.id));
  const applications = new Map<string, Promise<ApplicationLink[]>>();
  const billingPeriods = oncePerKey((projectId) => tool.billingPeriods(projectId));

  const readContacts = crew.together(async (ids: string[]) => {
    const wanted = [...expected, ...ids].filter((id) => !contacts.has(id));
    expected.clear();
    for (const [id, contact] of await books.contacts(wanted)) contacts.set(id, contact);
    return ids.map(() => undefined);
  });

  return {
    deployment,
    connection,
    books,
    tool,
    crew,
    joint: openJointSteps(crew, tool),
    queued: { ...deployment, queue: { send: queueTogether(crew, deployment) } },
    budgets: openBudgetTurns(crew, deployment, connection),
    catalogue,
    allocationTables: async () => ({
      rules: await rules(),
      projectRules: (await projectRules()) as ProjectRule[],
      projects: (await catalogue.entries('procore/projects')).filter(({ active }) => active),
      defaultProject: connection.settings.defaultProject,
    }),
    vendors: openCompanyVendors(() => catalogue.entries('procore/vendors'), tool),
    async vendorIdsOf(projectId) {
      const entries = await catalogue.entries('procore/project-vendors/P', projectId);
      const ids = members.get(entries) ?? new Set(entries.map(({ id }) => id));
      members.set(entries, ids);
      return ids;
    },
    async projectWorld(projectId) {
      const [costCodes, costTypes, wbsCodes, segments, periods] = await Promise.all([
        catalogue.entries('procore/cost-codes/P', projectId),
        catalogue.entries('procore/cost-types'),
        catalogue.entries('procore/wbs-codes/P', projectId),
        catalogue.entries('procore/segments/P', projectId),
        billingPeriods(projectId),
      ]);
      return { costCodes, costTypes, wbsCodes, segments, billingPeriods: periods };
    },
    ordersAreRead: once(async () => {
      const { purchaseOrders } = await deployment.cursors.get(connection.id);
      return purchaseOrders !== undefined;
    }),
    async orderIndex(present) {
      index ??= readIndex();
      const known = await index;
      if (present.every(known.has)) return known;
      // Others may have found the same meanwhile.
      if ((await index) === known) index = readIndex();
      return index;
    },
    ordersOf: oncePerKey((contactId) => deployment.suppliers.orders(connection.id, contactId)),
    applicationsOn(orderId) {
      const read = applications.get(orderId) ?? deployment.charges.applicationsOn(connection.id, orderId);
      applications.set(orderId, read);
      return read;
    },
    forgetApplications(orderIds) {
      for (const id of orderIds) applications.delete(id);
    },
    commitmentsOf: oncePerKey((projectId) => tool.commitments(projectId)),
    expectContacts(contactIds) {
      for (const id of contactIds) expected.add(id);
    },
    knowContacts(known) {
      for (const contact of known) contacts.set(contact.id, contact);
    },
    async contact(contactId, itself) {
      let missing: string | undefined = contactId;
      for (let step = 0; step <= LONGEST_CHAIN && missing !== undefined; step += 1) {
        if (!contacts.has(missing)) await readContacts(missing);
        missing = itself ? undefined : contacts.get(missing)?.mergedInto;
      }
      return itself ? contacts.get(contactId) : survivorOf(contacts, contactId);
    },
    recentMerges: once(() => mergesSinceLastLook(deployment, connection, books)),
  };
}

/** Xero shows a change a little after the time that the change carries. */
const OVERLAP_MS = 5 * 60_000;

async function mergesSinceLastLook(
  { cursors }: Deployment,
  { id, createdAt }: Connection,
  books: Books,
): Promise<Map<string, string>> {
  const { contacts = createdAt } = await cursors.get(id);
  const since = new Date(Date.parse(contacts) - OVERLAP_MS);
  const changed = new Map<string, Contact>();
  for await (const page of books.contactsSince(since)) {
    for (const contact of page.contacts) changed.set(contact.id, contact);
  }
  const merged = [...changed.values()].filter(({ mergedInto }) => mergedInto !== undefined);
  return new Map(
    merged.map((contact) => {
      const last = survivorOf(changed, contact.id)!;
      return [contact.id, last.mergedInto ?? last.id];
    }),
  );
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
