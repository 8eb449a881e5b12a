import { describe, expect, it } from '@jest/globals';
import { readMentions } from '../../../lib/core/bill-match/mentions.ts';
import { indexNumbers } from '../../../lib/core/bill-match/order-numbers.ts';
import { bill, line } from './builders.ts';

const book = indexNumbers(
  'PO-0107 PO-0108 PO-0109 PO-0012 PO-0013 PO-0113 PO-2026-017 PO-2026-018 2401-PO-003 10457 HIRE-104'
    .split(' ')
    .map((number) => ({ number })),
);

/** What a reference mentions: `named PO-0107`. */
const read = (reference: string, ...descriptions: string[]) =>
  readMentions(
    bill(
      reference,
      descriptions.map((text) => line(text, 1)),
    ),
    book,
  )
    .map(({ how, orders }) => [how, ...orders.map((it) => it.number)].join(' '))
    .join(', ');

describe('a reference names an order', () => {
  it.each([
    ...['PO-0107', 'PO 107', 'po0107', 'P/O#107', 'P.O. 107', 'P O 107', 'Purchase Order No. 107', 'PO:0107'],
    ...['po_107', 'P/Order 107', 'Order 107', 'O/N 107', 'Your order no 0107', 'PO number 107', '(PO-0107)'],
    ...['P0-0107', 'PO-O107', 'PO-01O7', 'PO-0I07', 'OP-0107', 'PO 0 107'.replace(' 0 ', ' 0')],
    ...['INV-8831 / PO-0107', 'PO-0107 INV 12', 'PO-0107-A', 'PO-0107/2', 'PO-0107/02', 'Inv 0108 PO-0107'],
    ...['PO-0107 12/11/2026'],
  ])('%s', (reference) => {
    expect(read(reference)).toBe('named PO-0107');
  });

  it.each([
    ['PO-2026-017', 'named PO-2026-017'],
    ['PO2026017', 'named PO-2026-017'],
    ['2401 PO 3', 'named 2401-PO-003'],
    ['hire 104', 'named HIRE-104'],
    ['order 10457', 'named 10457'],
    ['PO 017', 'named PO-2026-017'],
    ['PO 17', 'bare PO-2026-017'],
    ['017', 'bare PO-2026-017'],
    ['017/018', 'bare PO-2026-017, bare PO-2026-018'],
  ])('of any form that the book has: %s', (reference, says) => {
    expect(read(reference)).toBe(says);
  });

  it.each([
    ['PO-0012, PO-0013', 'named PO-0012, named PO-0013'],
    ['POs 107 & 108', 'named PO-0107, listed PO-0108'],
    ["PO's 107 and 108", 'named PO-0107, listed PO-0108'],
    ['PO-0012/13', 'named PO-0012, listed PO-0013'],
    ['PO-0107/13', 'named PO-0107, listed PO-0113'],
    ['107/108', 'bare PO-0107, bare PO-0108'],
    ['PO-0107 to PO-0109', 'named PO-0107, listed PO-0108, named PO-0109'],
    ['PO-2026-017/018', 'named PO-2026-017, listed PO-2026-018'],
    ['PO-0107 / 8831', 'named PO-0107'],
  ])('or several: %s', (reference, says) => {
    expect(read(reference)).toBe(says);
  });
});

it.each([
  ['107', 'bare PO-0107'],
  ['8831 / 107', 'bare PO-0107'],
  ['10457', 'bare 10457'],
  ['PO-0170', 'unknown '],
  ['10475', 'unfamiliar '],
  ['NPS-10457', ''],
])('a number alone may be the own one of the supplier, or a slip: %s', (reference, says) => {
  expect(read(reference)).toBe(says.trim());
});

it.each([
  'INV 107',
  'INV-0107',
  'SO-0107',
  'Sales order 107',
  'PO Box 107',
  'Invoice 10457',
  'Docket 107',
  '107A'.slice(3),
  '12.11.2026',
])('a number that counts something else is none: %s', (reference) => {
  expect(read(reference)).toBe('');
});

it('descriptions name orders by a word for it, never by bare digits', () => {
  expect(read('', 'Your order PO-0107: slab', '108 bags of cement', 'as per PO 109')).toBe(
    'named PO-0107, named PO-0109',
  );
});
