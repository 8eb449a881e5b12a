import { describe, expect, it } from '@jest/globals';
import { documentAmounts, lineAmounts } from '../../../lib/sandbox/seed/amounts.ts';
import { item, remark, work } from '../../../lib/sandbox/seed/order.ts';

const text = (amounts: object | undefined) =>
  Object.fromEntries(Object.entries(amounts ?? {}).map(([name, value]) => [name, String(value)]));

describe('lineAmounts', () => {
  it('rounds a four-decimal price to the cent once, after multiplying', () => {
    const line = item('STL-REB5', '260', '17.9625');
    expect(text(lineAmounts(line, 'Exclusive'))).toEqual({
      lineAmount: '4670.25',
      tax: '385.3', // 4670.25 × 8.25 % = 385.295625
      net: '4670.25',
      discount: '0',
      taxType: 'INPUT',
    });
  });

  it('takes the tax out of an inclusive price', () => {
    const line = item('CON-PUMP', '11', '200.2625');
    expect(text(lineAmounts(line, 'Inclusive'))).toMatchObject({
      lineAmount: '2202.89', // 2202.8875
      tax: '167.89', // 2202.89 × 8.25 / 108.25 = 167.8878
      net: '2035',
    });
  });

  it('takes a discount off before tax', () => {
    const line = item('RNT-LIFT', '12', '412.5', { discount: '7.5' });
    expect(text(lineAmounts(line, 'Exclusive'))).toMatchObject({
      lineAmount: '4578.75',
      discount: '371.25',
      tax: '377.75', // 377.746875
    });
  });

  it('charges no tax on subcontracts, nor on anything of an order without tax', () => {
    expect(text(lineAmounts(work('5100', 'Erect steel', '64500'), 'Exclusive')).tax).toBe('0');
    expect(text(lineAmounts(item('TIM-2x4', '10', '4'), 'NoTax'))).toMatchObject({
      tax: '0',
      taxType: 'NONE',
    });
  });

  it('rounds half a cent of a trade discount away from zero, like half a cent of a charge', () => {
    expect(text(lineAmounts(item('STL-DISC', '1', '-0.125'), 'NoTax')).net).toBe('-0.13');
    expect(text(lineAmounts(item('STL-DISC', '1', '0.125'), 'NoTax')).net).toBe('0.13');
  });

  it('gives no amounts to a line that only says something', () => {
    expect(lineAmounts(remark('Gate 2'), 'Exclusive')).toBeUndefined();
  });
});

describe('documentAmounts', () => {
  it('adds net amounts and taxes separately and skips remarks', () => {
    const lines = [item('TIM-2x4', '3', '3.9875'), remark('Gate 2'), work('5100', 'Labor', '100')];
    expect(text(documentAmounts(lines, 'Exclusive'))).toEqual({
      subTotal: '111.96',
      totalTax: '0.99',
      total: '112.95',
      totalDiscount: '0',
    });
  });
});
