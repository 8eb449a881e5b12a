import type { DocumentLine, PurchaseOrder } from '../../lib/core/documents.ts';
import type { Money } from '../../lib/core/money.ts';
import { money, sum, toCents, ZERO } from '../../lib/core/money.ts';
import type { Project } from '../../lib/core/procore-records.ts';

export const riverside: Project = { id: '562949953', name: 'Riverside Medical Center', number: '24-101' };
export const oakStreet: Project = { id: '562949954', name: 'Oak Street Lofts', number: '24-117' };
export const cedar: Project = { id: '562949955', name: 'Cedar Elementary' };

type LineFields = Omit<Partial<DocumentLine>, 'net'> & { net?: Money | string };

/** A line of an order: concrete on account 310 unless told otherwise. */
export function line({ net = '100.00', ...fields }: LineFields = {}): DocumentLine {
  return {
    id: 'line-1',
    description: 'Ready-mix concrete',
    net: typeof net === 'string' ? money(net) : net,
    tax: ZERO,
    account: '310',
    tracking: [],
    ...fields,
  };
}

export function lineWithoutAccount(fields: LineFields = {}): DocumentLine {
  const { account: _none, ...rest } = line(fields);
  return rest;
}

/** One choice per `Category=Option`. */
export function tracking(...choices: string[]): DocumentLine['tracking'] {
  return choices.map((choice) => {
    const [category = '', option = ''] = choice.split('=');
    return { category, option };
  });
}

/** An authorised order whose totals follow from its lines. */
export function order(fields: Partial<PurchaseOrder> = {}): PurchaseOrder {
  const lines = fields.lines ?? [line()];
  const subTotal = toCents(sum(lines.map(({ net }) => net)));
  return {
    kind: 'purchase-order',
    id: '6afa2e02-c514-4964-ab89-b5c0179b8c50',
    number: 'PO-0107',
    status: 'AUTHORISED',
    contact: { id: '430fa14a-f945-44d3-9f97-5df5e28441b8', name: 'Hudson Concrete' },
    date: '2026-11-02',
    currency: 'USD',
    lines,
    subTotal,
    totalTax: ZERO,
    total: subTotal,
    hasAttachments: false,
    version: '2026-11-20T10:11:12.345Z',
    ...fields,
  };
}
