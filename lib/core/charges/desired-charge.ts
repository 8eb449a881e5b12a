import type { Fingerprint } from '../desired-commitments.ts';
import type { Attachment } from '../documents.ts';
import { NeedsPerson } from '../errors.ts';
import type { CommitmentLink } from '../links.ts';
import type { Money } from '../money.ts';
import { formatMoney, sum, toCents } from '../money.ts';
import type { CodeTarget } from '../procore-records.ts';
import type { Charge } from './charge.ts';
import type { PaymentShare } from './settle.ts';
import { shareSettlements } from './settle.ts';

/** One charge on one commitment, as it should stand. */
export interface DesiredApplication {
  orderId: string;
  projectId: string;
  originId: string;
  /** By which a crashed run finds it again. */
  originData: string;
  invoiceNumber: string;
  /** `YYYY-MM-DD`. */
  date?: string;
  dueDate?: string;
  items: { originId: string; amount: Money }[];
  payments: PaymentShare[];
  /** Those at the document that Procore is to have, too. */
  files: Attachment[];
  /** Of what is sent but for the billing period, which a requisition keeps once it has one. */
  fingerprint: string;
}

/** A charge, or a part of it, that belongs to no commitment. */
export interface DesiredDirectCost {
  projectId: string;
  part: number;
  originId: string;
  invoiceNumber: string;
  date: string;
  /** Once nothing is due any more. */
  paymentDate?: string;
  lines: { originId: string; description: string; amount: Money; target: CodeTarget }[];
  fingerprint: string;
}

export interface DesiredCharge {
  applications: DesiredApplication[];
  directCosts: DesiredDirectCost[];
}

/** What a charge bills on the lines of one commitment. */
export interface CommitmentShare {
  link: Pick<CommitmentLink, 'documentId' | 'projectId' | 'originId'>;
  /** By the originId of the SOV line, in cents. */
  amounts: ReadonlyMap<string, Money>;
}

/** A line of a charge that is no order's, with its place in the project. */
export interface CostLine {
  lineId: string;
  projectId: string;
  description: string;
  /** In cents. */
  amount: Money;
  target: CodeTarget;
}

/** A direct cost takes no more (Procore docs: Create Direct Cost Item). */
const LINES_PER_DIRECT_COST = 100;

/** What should stand in Procore of a charge that is carried. */
export function desiredCharge(
  charge: Charge,
  shares: CommitmentShare[],
  costs: CostLine[],
  files: Attachment[],
  fingerprint: Fingerprint,
): DesiredCharge {
  const billed = shares.filter(({ amounts }) => [...amounts.values()].some((amount) => !amount.eq(0)));
  const worth = new Map(billed.map(({ link, amounts }) => [link.originId, sum(amounts.values())]));
  const payments = shareSettlements(charge.settlements, charge.gross, worth);
  return {
    applications: billed.map(({ link, amounts }) => {
      const items = [...amounts].map(([originId, amount]) => ({ originId, amount }));
      const { number: invoiceNumber, date, dueDate } = charge;
      return {
        orderId: link.documentId,
        projectId: link.projectId,
        originId: `xero:${charge.kind}:${charge.id}:${link.documentId}:${link.projectId}`,
        originData: JSON.stringify({ connector: 'ml-connector', [charge.kind]: charge.id }),
        invoiceNumber,
        ...(date !== undefined && { date }),
        ...(dueDate !== undefined && { dueDate }),
        items,
        payments: payments.get(link.originId)!,
        files,
        fingerprint: fingerprint([
          invoiceNumber,
          date ?? null,
          items.map(({ originId, amount }) => [originId, formatMoney(amount)]).toSorted(),
          ...files.map(({ id }) => id).toSorted(),
        ]),
      };
    }),
    directCosts: directCostsOf(charge, costs, fingerprint),
  };
}

function directCostsOf(charge: Charge, costs: CostLine[], fingerprint: Fingerprint): DesiredDirectCost[] {
  const { kind, id, number: invoiceNumber, date, fullyPaidOn } = charge;
  const byProject = Map.groupBy(
    costs.filter(({ amount }) => !amount.eq(0)),
    ({ projectId }) => projectId,
  );
  return [...byProject].flatMap(([projectId, ofProject]) =>
    chunks(ofProject, LINES_PER_DIRECT_COST).map((some, part) => {
      if (date === undefined) throw new NeedsPerson('date-missing');
      const lines = some.map(({ lineId, description, amount, target }) => ({
        originId: `xero:cost:${id}:${lineId}`,
        description,
        amount,
        target,
      }));
      const content = lines.map(({ originId, description, amount, target }) => [
        originId,
        description,
        formatMoney(amount),
        target,
      ]);
      return {
        projectId,
        part,
        originId: `xero:${kind}:${id}:${projectId}${part === 0 ? '' : `:${part + 1}`}`,
        invoiceNumber,
        date,
        ...(fullyPaidOn !== undefined && { paymentDate: fullyPaidOn }),
        lines,
        fingerprint: fingerprint([invoiceNumber, date, fullyPaidOn ?? null, content]),
      };
    }),
  );
}

/** Amounts in cents that add up to the whole: what rounding leaves over goes to the largest. */
export function inCents<Key>(amounts: ReadonlyMap<Key, Money>, whole: Money): Map<Key, Money> {
  const cents = new Map([...amounts].map(([key, amount]) => [key, toCents(amount)]));
  const [largest] = [...amounts].toSorted(([, a], [, b]) => b.abs().cmp(a.abs()));
  if (largest) {
    const difference = toCents(whole).minus(sum(cents.values()));
    cents.set(largest[0], cents.get(largest[0])!.plus(difference));
  }
  return cents;
}

function chunks<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}

/** Whether a bill or a credit note is billed by an application, which its originId begins with. */
export function kindOfApplication(originId: string): 'bill' | 'credit-note' {
  return originId.startsWith('xero:bill:') ? 'bill' : 'credit-note';
}
