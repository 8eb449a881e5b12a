import { decide } from '../../lib/flows/approval/decide.ts';
import { chooseMatch } from '../../lib/flows/charges/choose-match.ts';
import { overwriteInProcore } from '../../lib/flows/retry-documents.ts';
import type { People } from '../../lib/sandbox/procore/people.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import type { SupplierKey } from '../../lib/sandbox/seed/suppliers.ts';
import type {
  CreditNote,
  CreditNoteDraft,
  Invoice,
  InvoiceDraft,
  ManualJournal,
  PurchaseOrder,
  PurchaseOrderDraft,
} from '../../lib/sandbox/xero/documents.ts';
import type { LineItem } from '../../lib/sandbox/xero/lines.ts';
import type { Paper } from '../support/life.ts';
import { nameOf } from '../support/life.ts';
import { supplier } from '../support/orders.ts';
import type { Scene } from '../support/scene.ts';
import { linesOf } from './goods.ts';
import type { Deed, Life } from './story.ts';

/*
 * What people do in Xero, in the order of an accounts department's day. Names of orders are their numbers; bills and
 * credit notes are called by what the story calls them. Without a word on tax, amounts are without any.
 */

interface Common {
  /** The supplier, if it is not the usual one. */
  from?: SupplierKey;
  /** `Inclusive`, `Exclusive` where tax matters. */
  tax?: 'Inclusive' | 'Exclusive';
}

const UNTAXED = { LineAmountTypes: 'NoTax' as const };

function common({ from, tax }: Common) {
  return { ...UNTAXED, ...(tax && { LineAmountTypes: tax }), ...(from && { Contact: supplier(from) }) };
}

/** An order is approved in Xero. */
export function order(
  number: string,
  lines: string,
  { from, tax, ...draft }: Common & Partial<PurchaseOrderDraft> = {},
): Deed {
  return keep(number, ({ desk }) =>
    desk.order({
      PurchaseOrderNumber: number,
      ...common({ ...(from && { from }), ...(tax && { tax }) }),
      LineItems: linesOf(lines),
      ...draft,
    }),
  );
}

/** Lines that stay keep their ids, unless the order is written `anew`, as other programs do it. */
export function editOrder(
  number: string,
  lines: string | undefined,
  {
    anew = false,
    from,
    ...changes
  }: Partial<PurchaseOrderDraft> & { anew?: boolean; from?: SupplierKey } = {},
): Deed {
  return keep(number, (life) => {
    const before = orderOf(life, number);
    return life.desk.editOrder(before, {
      ...(lines !== undefined && { LineItems: linesOf(lines, anew ? [] : before.LineItems) }),
      ...(from && { Contact: supplier(from) }),
      ...changes,
    });
  });
}

export const deleteOrder = (number: string): Deed => editOrder(number, undefined, { Status: 'DELETED' });

/**
 * A bill, approved: `of` one or more orders, copied from them as Xero's button does it, or with these lines. The bill's
 * number is that of its orders, as Xero fills it in.
 */
export function bill(
  name: string,
  {
    of = [],
    lines,
    from,
    tax,
    ...draft
  }: Common & Partial<InvoiceDraft> & { of?: string | string[]; lines?: string },
): Deed {
  return keep(name, (life) => {
    const orders = [of].flat().map((number) => orderOf(life, number));
    const copied = orders.flatMap(({ LineItems }) => LineItems).map(withoutId);
    return life.desk.bill({
      ...common({ ...(from && { from }), ...(tax && { tax }) }),
      ...(orders[0] && { Contact: orders[0].Contact, LineAmountTypes: orders[0].LineAmountTypes }),
      InvoiceNumber: orders.length > 0 ? [of].flat().join(', ') : name,
      LineItems: lines === undefined ? copied : linesOf(lines),
      ...draft,
    });
  });
}

export function editBill(
  name: string,
  lines: string | undefined,
  { anew = false, from, ...changes }: Partial<InvoiceDraft> & { anew?: boolean; from?: SupplierKey } = {},
): Deed {
  return keep(name, (life) => {
    const before = billOf(life, name);
    return life.desk.editBill(before, {
      ...(lines !== undefined && { LineItems: linesOf(lines, anew ? [] : before.LineItems) }),
      ...(from && { Contact: supplier(from) }),
      ...changes,
    });
  });
}

export const voidBill = (name: string): Deed => editBill(name, undefined, { Status: 'VOIDED' });

/** Pays a bill in full, or so much of it. */
export function pay(
  name: string,
  amount?: number,
  { as = `payment of ${name}`, on }: { as?: string; on?: string } = {},
): Deed {
  return (life) => {
    const { PaymentID } = life.desk.pay(billOf(life, name), amount, on);
    life.payments.set(as, PaymentID);
    return [name];
  };
}

export function unpay(name: string, payment = `payment of ${name}`): Deed {
  return (life) => {
    life.desk.unpay({ PaymentID: life.payments.get(payment)! });
    return [name];
  };
}

/** Pays these bills in full with one batch. */
export function payTogether(batch: string, ...names: string[]): Deed {
  return (life) => {
    const bills = names.map((name) => billOf(life, name));
    life.payments.set(batch, life.desk.payBatch(bills));
    return names;
  };
}

/** Takes the whole batch back. */
export function unpayTogether(batch: string, ...names: string[]): Deed {
  return (life) => {
    life.desk.unpayBatch(life.payments.get(batch)!);
    return names;
  };
}

/** A manual journal is posted: costs of jobs, taken over from another account. */
export function journal(name: string, lines: string, changes: Partial<ManualJournal> = {}): Deed {
  return keep(name, ({ desk, papers }) => {
    const before = papers.get(name) as ManualJournal | undefined;
    const same = before ? { ManualJournalID: before.ManualJournalID } : {};
    return desk.journal(linesOf(lines), { ...same, ...changes });
  });
}

/** A file is put to a paper. */
export function attach(name: string, fileName: string): Deed {
  return ({ desk, papers }) => {
    desk.attach(papers.get(name)!, fileName, `The content of ${fileName}`);
    return [name];
  };
}

/** A prepayment to the supplier, set off against bills by these amounts. */
export function setOffPrepayment(amounts: Record<string, number>): Deed {
  return ({ scene, ...life }) => {
    scene.clock.advance(60_000);
    const total = Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
    scene.demo.xero.savePrepayment(CONTRACTOR.tenantId, {
      Type: 'SPEND-PREPAYMENT',
      Contact: billOf({ scene, ...life }, Object.keys(amounts)[0]!).Contact,
      ...UNTAXED,
      LineItems: [{ Description: 'Paid in advance', Quantity: 1, UnitAmount: total, AccountCode: '5000' }],
      Allocations: Object.entries(amounts).map(([name, Amount]) => ({
        Invoice: { InvoiceID: billOf({ scene, ...life }, name).InvoiceID },
        Amount,
      })),
    });
    return Object.keys(amounts);
  };
}

/** A credit note, approved: for an order by its number, set off against bills by these amounts, or neither. */
export function credit(
  name: string,
  lines: string,
  {
    of,
    against = {},
    from,
    tax,
    ...draft
  }: Common & Partial<CreditNoteDraft> & { of?: string; against?: Record<string, number> } = {},
): Deed {
  return keep(name, (life) =>
    life.desk.credit({
      ...common({ ...(from && { from }), ...(tax && { tax }) }),
      CreditNoteNumber: of ?? name,
      LineItems: linesOf(lines),
      Allocations: Object.entries(against).map(([bill, Amount]) => ({
        Invoice: { InvoiceID: billOf(life, bill).InvoiceID },
        Amount,
      })),
      ...draft,
    }),
  );
}

export function editCredit(
  name: string,
  lines: string | undefined,
  changes: Partial<CreditNoteDraft> = {},
): Deed {
  return keep(name, (life) => {
    const before = life.papers.get(name) as CreditNote;
    return life.desk.editCredit(before, {
      ...(lines !== undefined && { LineItems: linesOf(lines, before.LineItems) }),
      ...changes,
    });
  });
}

/** The connector is not told of what is done: the message is late, or lost. */
export function unseen(...deeds: Deed[]): Deed {
  return async (life) => {
    for (const deed of deeds) await deed(life);
    return [];
  };
}

/** Several things at once, told of in one go. */
export function together(...deeds: Deed[]): Deed {
  return async (life) => {
    const told: string[] = [];
    for (const deed of deeds) told.push(...(await deed(life)));
    return told;
  };
}

/** Somebody does something in Procore's own pages; the connector is not told. */
export function inProcore(act: (people: People, scene: Scene) => unknown): Deed {
  return ({ scene }) => {
    scene.clock.advance(60_000);
    act(scene.demo.procore.people(scene.company.id), scene);
    return [];
  };
}

/** Xero comes to hold figures that it should not. */
export function spoil(name: string, figures: Partial<Invoice>): Deed {
  return (life) => {
    life.scene.clock.advance(60_000);
    const UpdatedDateUTC = life.scene.clock.now().toISOString();
    Object.assign(life.papers.get(name)!, figures, { UpdatedDateUTC });
    return [name];
  };
}

/** Messages about these papers come, in this order. */
export const hearOf =
  (...names: string[]): Deed =>
  () =>
    names;

function keep(name: string, make: (life: Life) => Paper): Deed {
  return (life) => {
    life.papers.set(name, make(life));
    return [name];
  };
}

function orderOf({ papers }: Life, number: string): PurchaseOrder {
  return papers.get(number) as PurchaseOrder;
}

/** As it stands now: payments and credits change it. */
function billOf({ desk, papers }: Life, name: string): Invoice {
  return desk.again(papers.get(name) as Invoice);
}

function withoutId({ LineItemID: _own, ...line }: LineItem) {
  return line;
}

/** A person says which orders a bill or credit note is for; without any: that it is for none. */
export function match(name: string, ...numbers: string[]): Deed {
  return async (life) => {
    const { scene, papers } = life;
    const record = await scene.deployment.documents.get(scene.connectionId, nameOf(papers.get(name)!)[0]);
    const orders = numbers.map((number) => orderOf(life, number).PurchaseOrderID);
    await chooseMatch(record!, orders, 'Dana', scene.deployment);
    return [];
  };
}

/** A person has what people changed in Procore written over. */
export function overwrite(name: string): Deed {
  return async ({ scene, papers }) => {
    const record = await scene.deployment.documents.get(scene.connectionId, nameOf(papers.get(name)!)[0]);
    await overwriteInProcore(record!, 'Dana', scene.deployment);
    return [];
  };
}

/** The nightly look at everything recent. */
export const sweep: Deed = async ({ scene, papers }) => {
  const receivedAt = scene.clock.now().toISOString();
  await scene.deployment.queue.send(
    [...papers.values()].map((paper) => {
      const [id, kind] = nameOf(paper);
      return { connectionId: scene.connectionId, kind, id, reason: 'sweep', receivedAt };
    }),
  );
  return [];
};

/** A person decides about what is held. */
export function decided(name: string, verdict: 'approved' | 'rejected'): Deed {
  return async ({ scene, papers }) => {
    const [id] = nameOf(papers.get(name)!);
    const request = (await scene.deployment.approvals.get(scene.connectionId, id))!;
    await decide(
      request,
      { by: 'Dana' },
      { verdict, reason: 'So be it', via: 'command line' },
      scene.deployment,
    );
    return [name];
  };
}
