import type { BillToMatch, LineToMatch, OrderToMatch } from '../../../lib/core/bill-match/matchable.ts';
import { money } from '../../../lib/core/money.ts';

type Codes = Partial<Pick<LineToMatch, 'item' | 'account'>> & { project?: string; price?: string };

/** A line on account 310 of the project Riverside, unless told otherwise; `project: ''` for none. */
export function line(description: string, net: number | string, codes: Codes = {}): LineToMatch {
  const { project = 'Riverside', price, account = '310', item } = codes;
  return {
    description,
    net: money(String(net)),
    ...(account !== '' && { account }),
    ...(item !== undefined && { item }),
    ...(price !== undefined && { unitAmount: money(price) }),
    tracking: project === '' ? [] : [{ category: 'Project', option: project }],
  };
}

/** An authorised order of Hudson Concrete, whose id is its number. */
export function order(
  number: string,
  lines: LineToMatch[],
  fields: Partial<OrderToMatch> = {},
): OrderToMatch {
  return {
    id: number,
    number,
    status: 'AUTHORISED',
    contact: { id: 'hudson' },
    date: '2026-11-02',
    currency: 'USD',
    lines,
    ...fields,
  };
}

/** A bill of Hudson Concrete, two weeks later. */
export function bill(number: string, lines: LineToMatch[], fields: Partial<BillToMatch> = {}): BillToMatch {
  return { number, contact: { id: 'hudson' }, date: '2026-11-16', currency: 'USD', lines, ...fields };
}
