import { expect } from '@jest/globals';
import fc from 'fast-check';
import { projectTotals } from '../../bin/local/project-totals.ts';
import type { Money } from '../../lib/core/money.ts';
import { money, ZERO } from '../../lib/core/money.ts';
import { syncDocuments } from '../../lib/flows/sync/sync-documents.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import type { CreditNote, Invoice, PurchaseOrder } from '../../lib/sandbox/xero/documents.ts';
import { nameOf, office } from '../support/life.ts';
import type { Scene } from '../support/scene.ts';
import { messageAbout, writeCalls } from '../support/scene.ts';

import { reckon, shown } from './books.ts';
import {
  bill,
  credit,
  deleteOrder,
  editBill,
  editCredit,
  editOrder,
  order,
  pay,
  unpay,
  voidBill,
} from './deeds.ts';
import { codeOf, jobsOf, wordIn } from './goods.ts';
import type { Deed, Life } from './story.ts';

/**
 * One thing that somebody may do, chosen by numbers that mean whatever is possible at that moment, so that every
 * sequence is a valid one and a shorter one stays valid.
 */
export interface Act {
  what: (typeof ACTS)[number];
  which: number;
  amount: number;
  /** Messages that come right after it: about the how many-eth papers, in this order. None: it is told of later. */
  told: number[];
  /** Whether a worker that was held up since it first read the papers comes back now. */
  late: boolean;
}

const ACTS = [
  'bill',
  'pay',
  'edit-order',
  'unpay',
  'edit-bill',
  'void-bill',
  'rewrite-order',
  'pay',
  'credit-order',
  'unpay',
  'rewrite-bill',
  'bill',
  'unordered-bill',
  'delete-order',
  'credit',
  'void-credit',
  'order',
] as const;

export const anyLife = (maxLength: number): fc.Arbitrary<Act[]> =>
  fc.array(
    fc.record({
      what: fc.constantFrom(...ACTS),
      which: fc.nat(20),
      amount: fc.integer({ min: 1, max: 400 }),
      told: fc.array(fc.nat(20), { maxLength: 4 }),
      late: fc.boolean(),
    }),
    { minLength: Math.ceil(maxLength / 2), maxLength },
  );

/** Without an order that is billed little can happen. */
const FIRST: Act[] = [
  { what: 'order', which: 1, amount: 100, told: [], late: false },
  { what: 'bill', which: 1, amount: 300, told: [1, 0], late: false },
];

/** Lives the life, tells of all of it at the end, and compares Procore with the books. */
export async function live(acts: Act[], ground: Scene): Promise<void> {
  const reads = remembering(ground.deployment);
  const scene = { ...ground, deployment: reads.fresh };
  const life: Life = { scene, desk: office(scene), papers: new Map(), payments: new Map() };
  const done: string[] = [];
  for (const [at, act] of [...FIRST, ...acts].entries()) {
    const found = possible(act, at + 1, life);
    done.push(found.says);
    await found.does(life);
    const papers = [...life.papers.values()];
    const told = act.told.map((which) => papers[which % papers.length]!);
    await life.desk.carry(...told);
    if (!act.late) continue;
    const late = told.map((paper) => messageAbout(scene, ...nameOf(paper)));
    await syncDocuments(late, reads.stale);
  }
  await life.desk.carry(...life.papers.values());
  await life.desk.carry(...[...life.papers.values()].toReversed());
  const records = await scene.deployment.documents.list(scene.connectionId, { state: 'parked' });
  const parked = records.map(({ number, code, facts }) => ({ number, code, facts }));
  expect({ done, parked, ...inProcore(scene) }).toEqual({ done, parked: [], ...reckon(life, codeOf) });
  const writes = writeCalls(scene);
  await life.desk.carry(...life.papers.values(), ...life.papers.values());
  for (const paper of life.papers.values()) {
    await syncDocuments([messageAbout(scene, ...nameOf(paper))], reads.stale);
  }
  expect({ done, writes: writeCalls(scene) - writes }).toEqual({ done, writes: 0 });
}

/** A deployment that remembers what it read first of each document, and one that reads nothing newer. */
function remembering(deployment: Scene['deployment']) {
  const first = new Map<string, Response>();
  const isDocument = (url: string) => /\/(Invoices|PurchaseOrders|CreditNotes)/.test(url);
  const fetch: typeof deployment.fetch = async (url, init) => {
    const response = await deployment.fetch(url, init);
    if (isDocument(String(url)) && !first.has(String(url))) first.set(String(url), response.clone());
    return response;
  };
  const stale: typeof deployment.fetch = async (url, init) =>
    first.get(String(url))?.clone() ?? deployment.fetch(url, init);
  return { fresh: { ...deployment, fetch }, stale: { ...deployment, fetch: stale } };
}

function inProcore({ company }: Scene) {
  const [committed, cost] = [new Map<string, Money>(), new Map<string, Money>()];
  let paid = ZERO;
  for (const { project } of jobsOf(company)) {
    const totals = projectTotals(company, project);
    paid = paid.plus(totals.paid);
    for (const [code, amounts] of Object.entries(totals.codes)) {
      committed.set(code, (committed.get(code) ?? ZERO).plus(amounts.committed ?? '0'));
      const spent = money(amounts.billed ?? '0').plus(amounts.direct ?? '0');
      cost.set(code, (cost.get(code) ?? ZERO).plus(spent));
    }
  }
  return { committed: shown(committed), cost: shown(cost), paid: paid.toFixed(2) };
}

/** The act, or the next one that can be done. */
function possible(act: Act, at: number, life: Life): { says: string; does: Deed } {
  const from = ACTS.indexOf(act.what);
  for (let further = 0; ; further += 1) {
    const found = deedFor({ ...act, what: ACTS[(from + further) % ACTS.length]! }, at, life);
    if (found) return found;
  }
}

/** What the act comes to as things stand, in words and as a deed; undefined where it cannot be done. */
function deedFor(
  { what, which, amount }: Act,
  at: number,
  life: Life,
): { says: string; does: Deed } | undefined {
  const says = (text: string, does: Deed) => ({ says: text, does });
  const orders = namesOf<PurchaseOrder>(life, 'PurchaseOrderID', isAlive);
  const bills = namesOf<Invoice>(life, 'InvoiceID', isAlive);
  const credits = namesOf<CreditNote>(life, 'CreditNoteID', isAlive);
  const numberOfOrder = orders[which % orders.length];
  const nameOfBill = bills[which % bills.length];
  const left = numberOfOrder === undefined ? [] : leftToBill(life, numberOfOrder);
  switch (what) {
    case 'order': {
      const number = `PO-${9000 + at}`;
      const lines = `concrete ${1000 + amount}, freight ${100 + amount}${which % 2 ? ', pump 500' : ''}`;
      return says(`order ${number}: ${lines}`, order(number, lines));
    }
    case 'edit-order':
    case 'rewrite-order': {
      if (numberOfOrder === undefined) return undefined;
      const anew = what === 'rewrite-order';
      // Never below what is billed: that is for a person, and for the stories.
      const lines = left.map(({ word, billed }) => `${word} ${round(billed + amount + 100)}`).join(', ');
      return says(`${what} ${numberOfOrder}: ${lines}`, editOrder(numberOfOrder, lines, { anew }));
    }
    case 'delete-order': {
      if (numberOfOrder === undefined || wasEverNamed(life, numberOfOrder)) return undefined;
      return says(`delete ${numberOfOrder}`, deleteOrder(numberOfOrder));
    }
    case 'bill': {
      const some = left.filter((_line, index) => (which + index) % 3 !== 0).filter((line) => line.left >= 1);
      if (numberOfOrder === undefined || some.length === 0) return undefined;
      const lines = some.map(({ word, left }) => `${word} ${Math.min(left, amount)}`).join(', ');
      return says(`bill B${at} of ${numberOfOrder}: ${lines}`, bill(`B${at}`, { of: numberOfOrder, lines }));
    }
    case 'edit-bill':
    case 'rewrite-bill': {
      const now = nameOfBill === undefined ? undefined : billNow(life, nameOfBill);
      if (!now || now.AmountPaid > 0) return undefined;
      // Downwards, so that no order is overdrawn.
      const kept = now.LineItems.map(
        (line) => `${wordIn(line)} ${Math.max(1, Math.floor(line.LineAmount! / 2))}`,
      );
      const lines = (which % 2 ? kept.toReversed() : kept).join(', ');
      return says(
        `${what} ${nameOfBill}: ${lines}`,
        editBill(nameOfBill!, lines, { anew: what === 'rewrite-bill' }),
      );
    }
    case 'void-bill': {
      if (nameOfBill === undefined || billNow(life, nameOfBill).AmountPaid > 0) return undefined;
      return says(`void ${nameOfBill}`, voidBill(nameOfBill));
    }
    case 'unordered-bill':
      return says(
        `bill AC${at}: permit ${amount}`,
        bill(`AC${at}`, { from: 'acme', lines: `permit ${amount}` }),
      );
    case 'pay': {
      const due = nameOfBill === undefined ? 0 : billNow(life, nameOfBill).AmountDue;
      if (due <= 0) return undefined;
      const paid = Math.min(due, amount);
      return says(`pay ${nameOfBill} ${paid}`, pay(nameOfBill!, paid, { as: `P${at}` }));
    }
    case 'unpay': {
      const payments = standingPayments(life);
      const chosen = payments[which % payments.length];
      if (!chosen) return undefined;
      return says(`remove ${chosen.name}`, unpay(chosen.bill, chosen.name));
    }
    case 'credit':
      return says(
        `credit note CN${at}: permit ${amount}`,
        credit(`CN${at}`, `permit ${amount}`, { from: 'acme' }),
      );
    case 'credit-order': {
      const line = left.find(({ billed }) => billed > amount);
      if (!line || numberOfOrder === undefined) return undefined;
      const lines = `${line.word} ${amount}`;
      return says(
        `credit note CN${at} for ${numberOfOrder}: ${lines}`,
        credit(`CN${at}`, lines, { of: numberOfOrder }),
      );
    }
    case 'void-credit': {
      const name = credits[which % credits.length];
      return name === undefined
        ? undefined
        : says(`void ${name}`, editCredit(name, undefined, { Status: 'VOIDED' }));
    }
  }
}

const ALIVE = ['AUTHORISED', 'PAID', 'BILLED'];
const isAlive = ({ Status }: { Status: string }) => ALIVE.includes(Status);

function namesOf<P extends PurchaseOrder | Invoice | CreditNote>(
  { papers }: Life,
  id: keyof P & string,
  wanted: (paper: P) => boolean,
): string[] {
  return [...papers].flatMap(([name, paper]) => (id in paper && wanted(paper as P) ? [name] : []));
}

function billNow({ desk, papers }: Life, name: string): Invoice {
  return desk.again(papers.get(name) as Invoice);
}

/** Of each line of an order what is billed on it by bills that stand, and what is left. */
function leftToBill(life: Life, number: string) {
  const { LineItems } = life.papers.get(number) as PurchaseOrder;
  const bills = namesOf<Invoice>(life, 'InvoiceID', isAlive).map((name) => billNow(life, name));
  return LineItems.map((line) => {
    const word = wordIn(line);
    const billed = bills
      .filter(({ InvoiceNumber }) => InvoiceNumber === number)
      .flatMap((one) => one.LineItems)
      .filter((one) => wordIn(one) === word)
      .reduce((total, one) => total + one.LineAmount!, 0);
    return { word, billed, left: round(line.LineAmount! - billed) };
  });
}

function wasEverNamed({ papers }: Life, number: string): boolean {
  return [...papers].some(
    ([name, paper]) => name !== number && JSON.stringify(paper).includes(`"${number}"`),
  );
}

const round = (amount: number): number => Math.round(amount * 100) / 100;

function standingPayments({ scene, payments, papers }: Life) {
  const books = scene.demo.xero.organisations.get(CONTRACTOR.tenantId)!;
  return [...payments].flatMap(([name, id]) => {
    const payment = books.payments.get(id)!;
    const paid = [...papers].find(
      ([, paper]) => 'InvoiceID' in paper && paper.InvoiceID === payment.Invoice!.InvoiceID,
    )!;
    return payment.Status === 'AUTHORISED' ? [{ name, bill: paid[0] }] : [];
  });
}
