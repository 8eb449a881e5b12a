import { describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import fc from 'fast-check';
import { parseJson } from '../../lib/http/json.ts';
import { isDescriptionOnly, lineWire as schema, toLine } from '../../lib/xero/line-wire.ts';
import type { Wire } from '../support/xero-wire.ts';
import { lineWire } from '../support/xero-wire.ts';

const read = (fields: Wire, types = 'Exclusive') => {
  const wire = schema.parse(parseJson(JSON.stringify(lineWire(fields))));
  return { ...toLine(wire, types), textOnly: isDescriptionOnly(wire) };
};

const decimals = (digits: number, max: number) =>
  fc.integer({ min: -max, max }).map((whole) => new Big(whole).div(10 ** digits));

describe('a line of a Xero document', () => {
  it('costs its amount without tax, whether tax was included or not', () => {
    fc.assert(
      fc.property(decimals(2, 10_000_000), decimals(2, 1_000_000), (amount, tax) => {
        const fields = { LineAmount: amount.toNumber(), TaxAmount: tax.toNumber() };
        expect(read(fields, 'Exclusive').net.eq(amount)).toBe(true);
        expect(read(fields, 'NoTax').net.eq(amount)).toBe(true);
        expect(read(fields, 'Inclusive').net.plus(tax).eq(amount)).toBe(true);
      }),
    );
  });

  it('is worked out from quantity and price to the cent where its amount is missing', () => {
    fc.assert(
      fc.property(decimals(4, 10_000_000), decimals(4, 10_000_000), (quantity, price) => {
        const line = read({
          LineAmount: undefined,
          Quantity: quantity.toNumber(),
          UnitAmount: price.toNumber(),
        });
        const difference = line.net.minus(quantity.times(price)).abs();
        expect(difference.lte('0.005')).toBe(true);
        expect(line.net.eq(line.net.round(2))).toBe(true);
      }),
    );
  });

  it('has its discount taken off where its amount is missing', () => {
    const priced = { LineAmount: undefined, Quantity: 4, UnitAmount: 25 };
    expect(read({ ...priced, DiscountRate: 10 }).net.toString()).toBe('90');
    expect(read({ ...priced, DiscountAmount: 7.5 }).net.toString()).toBe('92.5');
  });

  it('keeps four decimals of the unit price', () => {
    expect(read({ UnitAmount: 0.0625 }).unitAmount?.toFixed()).toBe('0.0625');
  });

  it('is text alone without amounts, or with a bare zero', () => {
    const none = { Quantity: undefined, UnitAmount: undefined, AccountCode: undefined };
    expect(read({ ...none, LineAmount: undefined }).textOnly).toBe(true);
    expect(read({ ...none, LineAmount: 0, Quantity: 0 }).textOnly).toBe(true);
    expect(read({ ...none, LineAmount: 0, UnitAmount: 12 }).textOnly).toBe(false);
    expect(read({ ...none, LineAmount: 0, AccountCode: '310' }).textOnly).toBe(false);
    expect(read({ ...none, LineAmount: -3 }).textOnly).toBe(false);
  });

  it('carries account, item and tracking options with their ids', () => {
    const Tracking = [
      { Name: 'Project', Option: 'Riverside', TrackingCategoryID: 'c-1', TrackingOptionID: 'o-1' },
      { Name: 'Phase', Option: '03 Concrete' },
    ];
    expect(read({ ItemCode: 'MIX32', AccountCode: '', Tracking })).toMatchObject({
      item: 'MIX32',
      tracking: [
        { category: 'Project', option: 'Riverside', categoryId: 'c-1', optionId: 'o-1' },
        { category: 'Phase', option: '03 Concrete' },
      ],
    });
    expect(read({ AccountCode: '' })).not.toHaveProperty('account');
  });
});
