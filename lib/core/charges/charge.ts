import type { Code } from '../codes.ts';
import type { Bill, CreditNote, DocumentLine, Journal, Settlement } from '../documents.ts';
import { isBeforeStart, roundingAllowance } from '../eligibility.ts';
import { NeedsPerson } from '../errors.ts';
import type { Money } from '../money.ts';
import { formatMoney, sum, ZERO } from '../money.ts';
import type { Settings } from '../settings.ts';

/** The documents that charge something. */
export type Charging = Bill | CreditNote | Journal;

/** What a bill, a credit note or a manual journal charges, in one form: the figures of a credit note are negative. */
export interface Charge {
  kind: Charging['kind'];
  id: string;
  /** What people call it; never empty. */
  number: string;
  status: string;
  contact?: { id: string; name: string };
  date?: string;
  dueDate?: string;
  currency: string;
  lines: DocumentLine[];
  net: Money;
  gross: Money;
  settlements: Settlement[];
  /** Only once nothing is due any more. */
  fullyPaidOn?: string;
  /** The bills that a credit note was set off against. */
  creditedBills: string[];
}

export function chargeOf(document: Charging): Charge {
  return document.kind === 'journal' ? chargeOfJournal(document) : chargeOfInvoice(document);
}

/** Posted is what a journal calls approved; archived it counts as before. */
const JOURNAL_STATUS: Record<string, string> = { POSTED: 'AUTHORISED', ARCHIVED: 'AUTHORISED' };

/** No supplier, no tax, the books' own currency. Lines without tracking only balance those that go to jobs. */
function chargeOfJournal({ id, number, status, date, lines }: Journal): Charge {
  const tracked = lines.filter(({ tracking }) => tracking.length > 0);
  const net = sum(tracked.map((line) => line.net));
  return {
    kind: 'journal',
    id,
    number: number || `Xero ${id.slice(0, 8)}`,
    status: JOURNAL_STATUS[status] ?? status,
    ...(date !== undefined && { date }),
    currency: '',
    lines: tracked.map((line) => ({ ...line, tax: ZERO })),
    net,
    gross: net,
    settlements: [],
    creditedBills: [],
  };
}

function chargeOfInvoice(document: Bill | CreditNote): Charge {
  const { kind, id, status, contact, date, currency, subTotal, total } = document;
  const about = {
    id,
    number: document.number || `Xero ${id.slice(0, 8)}`,
    status,
    ...(contact && { contact }),
    ...(date !== undefined && { date }),
    currency,
  };
  if (kind === 'credit-note') {
    const lines = document.lines.map((line) => ({ ...line, net: line.net.neg(), tax: line.tax.neg() }));
    const creditedBills = document.allocations.map(({ billId }) => billId);
    return { ...about, kind, lines, net: subTotal.neg(), gross: total.neg(), settlements: [], creditedBills };
  }
  const { dueDate, fullyPaidOn, settlements, lines } = document;
  return {
    ...about,
    kind,
    ...(dueDate !== undefined && { dueDate }),
    ...(fullyPaidOn !== undefined && { fullyPaidOn }),
    lines,
    net: subTotal,
    gross: total,
    settlements,
    creditedBills: [],
  };
}

/** Of what is voided or deleted Procore is to hold nothing. */
function isVoid({ status }: Pick<Charge, 'status'>): boolean {
  return status === 'VOIDED' || status === 'DELETED';
}

const KNOWN = new Set(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED']);

/** Why a charge is not to stand in Procore, if it is not. */
export function reasonToLeaveOutCharge(
  charge: Charge,
  settings: Pick<Settings, 'backfilledFrom' | 'manualJournals' | 'paymentApplicationOn' | 'startDate'>,
): Code | undefined {
  const { status, kind } = charge;
  if (kind === 'journal' && settings.manualJournals === 'off') return 'manual-journals-off';
  if (!KNOWN.has(status)) return 'status-unknown';
  if (isVoid(charge)) return 'deleted-in-xero';
  if (status === 'DRAFT' || status === 'SUBMITTED') return 'bill-not-approved';
  // A credit note is used up or not; when it was paid out says nothing about the cost.
  if (kind === 'bill' && status !== 'PAID' && settings.paymentApplicationOn === 'paid')
    return 'bill-not-paid';
  if (isBeforeStart(charge, settings)) return 'before-start-date';
  if (charge.lines.every(({ net }) => net.eq(0))) return 'nothing-to-bill';
  return undefined;
}

/** Refuses a charge whose figures cannot be posted right. Throws NeedsPerson. */
export function checkChargeFigures(charge: Charge, { amounts }: Pick<Settings, 'amounts'>): void {
  const { lines, net, gross, settlements } = charge;
  const ofLines = sum(lines.map((line) => line.net));
  if (ofLines.minus(net).abs().gt(roundingAllowance(charge))) {
    throw new NeedsPerson('totals-disagree', {
      facts: { lines: formatMoney(ofLines), document: formatMoney(net) },
    });
  }
  // Where amounts are net, tax is no cost of the job, however much of it a customs agent puts on one line.
  const taxed = lines.find(({ net, tax }) => tax.abs().gt(net.abs()));
  if (taxed && amounts === 'gross') {
    const { description, id, net, tax } = taxed;
    throw new NeedsPerson('tax-above-amount', {
      facts: { line: description || id, net: formatMoney(net), tax: formatMoney(tax) },
    });
  }
  const paid = sum(settlements.map(({ amount }) => amount));
  if (paid.gt(gross.gt(0) ? gross : ZERO)) {
    throw new NeedsPerson('payments-exceed-bill', {
      facts: { paid: formatMoney(paid), bill: formatMoney(gross) },
    });
  }
}
