import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { KnownOrder } from '../../lib/core/charges/known-order.ts';
import { money } from '../../lib/core/money.ts';
import type { SupplierBooks } from '../../lib/store/supplier-books.ts';
import { openSupplierBooks } from '../../lib/store/supplier-books.ts';
import { openTable } from '../../lib/store/table.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';

let aws: TestAws;
let books: SupplierBooks;
beforeAll(async () => {
  aws = await startTestAws();
  books = openSupplierBooks(openTable(aws.dynamodb, aws.tableName));
});
afterAll(() => aws.close());

const order = (id: string, contact: string, minute: number): KnownOrder => ({
  id,
  number: `PO-${id}`,
  status: 'AUTHORISED',
  contact: { id: contact, name: contact },
  currency: 'USD',
  version: `2026-11-22T09:0${minute}:00.000Z`,
  lines: [
    { id: 'a', description: 'Rebar', net: money('100.10'), tax: money('0'), tracking: [] },
    { id: 'b', description: 'Ties', net: money('0.05'), tax: money('0'), tracking: [] },
  ],
});
const idsOf = async (contact: string) => (await books.orders('acme', contact)).map(({ id }) => id);

it('an order is found by its id, under its supplier, and in short among all', async () => {
  const noted = order('1', 'lonestar', 1);
  await books.noteOrder('acme', noted);
  await books.noteOrder('other connection', order('2', 'lonestar', 1));
  expect(await books.order('acme', '1')).toEqual(noted);
  expect(await books.orders('acme', 'lonestar')).toEqual([noted]);
  const entry = { id: '1', number: 'PO-1', net: money('100.15'), contactIds: ['lonestar'] };
  expect(await books.entries('acme')).toEqual([entry]);
  expect(await books.entry('acme', '1')).toEqual(entry);
  expect(await books.order('acme', '2')).toBeUndefined();
});

it('an order that goes to another supplier stands under that one alone, and both are known', async () => {
  await books.noteOrder('acme', order('3', 'brazos', 1));
  await books.noteOrder('acme', order('3', 'trinity', 2));
  expect([await idsOf('brazos'), await idsOf('trinity')]).toEqual([[], ['3']]);
  expect(await books.entry('acme', '3')).toMatchObject({ contactIds: ['trinity', 'brazos'] });
});

it('a version that was read earlier changes nothing, under whatever supplier it stood', async () => {
  await books.noteOrder('acme', order('4', 'pecos', 5));
  await books.noteOrder('acme', { ...order('4', 'pecos', 4), number: 'PO-old' });
  await books.noteOrder('acme', { ...order('4', 'sabine', 3), number: 'PO-old' });
  expect([await idsOf('pecos'), await idsOf('sabine')]).toEqual([['4'], []]);
  expect(await books.order('acme', '4')).toMatchObject({ number: 'PO-4' });
  expect(await books.entry('acme', '4')).toMatchObject({ number: 'PO-4', contactIds: ['pecos'] });
});
