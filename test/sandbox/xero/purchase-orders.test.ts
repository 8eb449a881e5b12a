import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Desk } from './support.ts';
import { guid, openDesk, SUPPLIER, TENANT, TIMBER } from './support.ts';

const order = (number: number, rest = {}) => ({
  PurchaseOrderID: guid(number),
  Contact: { ContactID: SUPPLIER },
  LineItems: [TIMBER],
  ...rest,
});

describe('purchase orders of the Xero sandbox', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
  });
  afterEach(() => desk.sandbox.close());

  it('writes an order as Xero does: dates in milliseconds, the line priced, the contact by name only', async () => {
    desk.sandbox.savePurchaseOrder(TENANT, order(1, { Date: '2026-11-20', DeliveryDate: '2026-12-01' }));
    const { body } = await desk.get(`/PurchaseOrders/${guid(1)}`);
    expect(body).toMatchObject({ Status: 'OK', DateTimeUTC: '/Date(1795316645600)/' });
    expect(body.PurchaseOrders).toHaveLength(1);
    expect(body.PurchaseOrders[0]).toMatchObject({
      PurchaseOrderNumber: 'PO-0001',
      Type: 'PURCHASEORDER',
      Status: 'DRAFT',
      Date: `/Date(${Date.UTC(2026, 10, 20)}+0000)/`,
      DateString: '2026-11-20T00:00:00',
      DeliveryDate: `/Date(${Date.UTC(2026, 11, 1)}+0000)/`,
      UpdatedDateUTC: '/Date(1795316645600+0000)/',
      Contact: {
        ContactID: SUPPLIER,
        Name: 'Liffey Timber',
        ContactStatus: 'ACTIVE',
        Addresses: [],
        Phones: [],
      },
      SubTotal: 49.38,
      TotalTax: 7.41,
      Total: 56.79,
    });
    expect(body.PurchaseOrders[0].LineItems[0]).toMatchObject({
      UnitAmount: 12.3456,
      LineAmount: 49.38,
      AccountID: guid(51),
      Item: { ItemID: guid(61), Code: 'TIM-01' },
      Tracking: [{ Name: 'Project', Option: 'Pier 9', TrackingOptionID: guid(72) }],
    });
  });

  it('finds an order by its number, and says 404 to a number that nobody has', async () => {
    desk.sandbox.savePurchaseOrder(TENANT, order(1, { PurchaseOrderNumber: 'JOB-7' }));
    expect((await desk.get('/PurchaseOrders/JOB-7')).body.PurchaseOrders[0].PurchaseOrderID).toBe(guid(1));
    expect((await desk.get('/PurchaseOrders/JOB-8')).status).toBe(404);
  });

  it('pages the list even where nobody asks for a page, a hundred to a page', async () => {
    for (let number = 1; number <= 101; number++) desk.sandbox.savePurchaseOrder(TENANT, order(number));
    const first = (await desk.get('/PurchaseOrders')).body;
    expect(first.pagination).toEqual({ page: 1, pageSize: 100, pageCount: 2, itemCount: 101 });
    expect(first.PurchaseOrders).toHaveLength(100);
    const second = (await desk.get('/PurchaseOrders?page=2')).body;
    expect(second.PurchaseOrders.map((one: { PurchaseOrderID: string }) => one.PurchaseOrderID)).toEqual([
      guid(101),
    ]);
    expect((await desk.get('/PurchaseOrders?pageSize=1000')).body.PurchaseOrders).toHaveLength(101);
  });

  it('lists what changed since a second, whatever the milliseconds', async () => {
    desk.sandbox.savePurchaseOrder(TENANT, order(1));
    desk.clock.advance(10);
    desk.sandbox.savePurchaseOrder(TENANT, order(2));
    const since = async (time: string) =>
      (await desk.get('/PurchaseOrders', { 'if-modified-since': time })).body.PurchaseOrders.length;
    expect(await since('2026-11-22T03:04:05.999Z')).toBe(2);
    expect(await since('2026-11-22T03:04:06')).toBe(1);
    expect(await since('2026-11-22T03:04:16')).toBe(0);
    expect(await since('2026-11-22T04:04:06+01:00')).toBe(1);
  });

  it('refuses a time that is not ISO instead of guessing day and month', async () => {
    const answer = await desk.get('/PurchaseOrders', { 'if-modified-since': '11/12/2026 03:04' });
    expect(answer.status).toBe(412);
  });

  it('filters by one status and by date, and lists deleted orders with the rest', async () => {
    desk.sandbox.savePurchaseOrder(TENANT, order(1, { Date: '2026-01-31', Status: 'AUTHORISED' }));
    desk.sandbox.savePurchaseOrder(TENANT, order(2, { Date: '2026-02-01', Status: 'DELETED' }));
    const ids = async (query: string) =>
      (await desk.get(`/PurchaseOrders?${query}`)).body.PurchaseOrders.map(
        (one: { PurchaseOrderID: string }) => one.PurchaseOrderID,
      );
    expect(await ids('')).toEqual([guid(1), guid(2)]);
    expect(await ids('Status=AUTHORISED')).toEqual([guid(1)]);
    expect(await ids('DateFrom=2026-02-01&DateTo=2026-02-28')).toEqual([guid(2)]);
    expect(await ids('DateTo=2026-01-31')).toEqual([guid(1)]);
  });

  it.each(['Status=APPROVED', 'page=0', 'page=x', 'pageSize=1001', 'DateFrom=31-01-2026'])(
    'answers %s with a validation exception',
    async (query) => {
      const { status, body } = await desk.get(`/PurchaseOrders?${query}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({ ErrorNumber: 10, Type: 'ValidationException' });
      expect(body.Elements[0].ValidationErrors[0].Message).toBeTruthy();
    },
  );

  it('ignores IDs and where, which the endpoint does not have', async () => {
    desk.sandbox.savePurchaseOrder(TENANT, order(1));
    desk.sandbox.savePurchaseOrder(TENANT, order(2));
    const query = new URLSearchParams({ IDs: guid(1), where: 'Status=="BILLED"' });
    expect((await desk.get(`/PurchaseOrders?${query}`)).body.PurchaseOrders).toHaveLength(2);
  });

  it('sorts by time of change when asked, so that pages re-read instead of skip', async () => {
    const sorted = async (order: string) =>
      (await desk.get(`/PurchaseOrders?order=${order}`)).body.PurchaseOrders.map(
        (one: { PurchaseOrderID: string }) => one.PurchaseOrderID,
      );
    for (const number of [1, 2]) {
      desk.sandbox.savePurchaseOrder(TENANT, order(number));
      desk.clock.advance(1);
    }
    desk.sandbox.savePurchaseOrder(TENANT, { PurchaseOrderID: guid(1), Status: 'SUBMITTED' });
    expect(await sorted('UpdatedDateUTC%20ASC')).toEqual([guid(2), guid(1)]);
    expect(await sorted('UpdatedDateUTC%20DESC')).toEqual([guid(1), guid(2)]);
    expect((await desk.get('/PurchaseOrders?order=by%20date%20please')).status).toBe(400);
  });

  it('keeps the ids of lines that are sent with one and gives new ids to the rest', () => {
    const { LineItems } = desk.sandbox.savePurchaseOrder(TENANT, order(1, { LineItems: [TIMBER, TIMBER] }));
    const [kept, retyped] = LineItems;
    const after = desk.sandbox.savePurchaseOrder(TENANT, {
      PurchaseOrderID: guid(1),
      LineItems: [{ ...kept, Quantity: 8 }, TIMBER],
    });
    expect(after.LineItems[0]).toMatchObject({ LineItemID: kept?.LineItemID, LineAmount: 98.76 });
    expect(after.LineItems[1]?.LineItemID).not.toBe(retyped?.LineItemID);
    expect(after.SubTotal).toBe(148.14);
  });

  it('takes discount and tax out of the amounts: discounted lines, inclusive lines, remarks', () => {
    const lines = [
      { Quantity: 1, UnitAmount: 2500, DiscountRate: 10, TaxType: 'INPUT' },
      { Description: 'A remark that costs nothing' },
    ];
    expect(desk.sandbox.savePurchaseOrder(TENANT, order(1, { LineItems: lines }))).toMatchObject({
      SubTotal: 2250,
      TotalTax: 337.5,
      Total: 2587.5,
      TotalDiscount: 250,
    });
    const inclusive = { LineAmountTypes: 'Inclusive', LineItems: [{ UnitAmount: 115, TaxType: 'INPUT' }] };
    const { SubTotal, TotalTax, Total } = desk.sandbox.savePurchaseOrder(TENANT, order(2, inclusive));
    expect([SubTotal, TotalTax, Total]).toEqual([100, 15, 115]);
  });

  it('refuses to edit a deleted order and to use a number twice', () => {
    desk.sandbox.savePurchaseOrder(TENANT, order(1, { PurchaseOrderNumber: 'PO-9', Status: 'DELETED' }));
    expect(() => desk.sandbox.savePurchaseOrder(TENANT, order(1, { Reference: 'x' }))).toThrow('deleted');
    expect(() => desk.sandbox.savePurchaseOrder(TENANT, order(2, { PurchaseOrderNumber: 'PO-9' }))).toThrow(
      'taken',
    );
  });

  it('leaves the time of change where it was on a silent edit', () => {
    const before = desk.sandbox.savePurchaseOrder(TENANT, order(1)).UpdatedDateUTC;
    desk.clock.advance(60);
    const edit = { PurchaseOrderID: guid(1), AttentionTo: 'Foreman' };
    expect(desk.sandbox.savePurchaseOrder(TENANT, edit, { silent: true }).UpdatedDateUTC).toBe(before);
    expect(desk.sandbox.savePurchaseOrder(TENANT, edit).UpdatedDateUTC).not.toBe(before);
  });
});
