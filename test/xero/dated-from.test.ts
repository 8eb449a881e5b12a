import { afterEach, describe, expect, it } from '@jest/globals';
import type { Carried } from '../../lib/core/documents.ts';
import { all, openOffice, SUPPLIER, TENANT } from './office.ts';

type Office = Awaited<ReturnType<typeof openOffice>>;
let office: Office;
afterEach(() => office.sandbox.close());

async function datedFrom(kind: Carried['kind'], date: string) {
  office.sandbox.calls.reset();
  const pages = await all(office.connector().documentsDatedFrom(kind, date));
  const documents = pages.flatMap((page) => page.documents);
  return { documents, ids: documents.map(({ id }) => id), calls: office.sandbox.calls.latest };
}

describe('documents dated from a day on', () => {
  it('are found by their own date, whenever they changed', async () => {
    office = await openOffice();
    const { sandbox, order, bill } = office;
    const line = { Description: 'Concrete', Quantity: 1, UnitAmount: 50, AccountCode: '310' };
    order({ Date: '2026-01-31' });
    const wanted = {
      'purchase-order': order({ Date: '2026-02-01' }).PurchaseOrderID,
      bill: bill({ Date: '2026-02-01' }).InvoiceID,
      'credit-note': sandbox.saveCreditNote(TENANT, {
        ...{ Type: 'ACCPAYCREDIT', Contact: { ContactID: SUPPLIER }, Status: 'AUTHORISED' },
        ...{ Date: '2026-02-01', LineItems: [line] },
      }).CreditNoteID,
      journal: sandbox.saveManualJournal(TENANT, {
        ...{ Narration: 'Moved', Status: 'POSTED', Date: '2026-02-01' },
        JournalLines: [
          { LineAmount: 1, AccountCode: '310' },
          { LineAmount: -1, AccountCode: '310' },
        ],
      }).ManualJournalID,
    };
    bill({ Date: '2026-01-31' });
    bill({ Date: '2026-02-02', Type: 'ACCREC' });
    for (const [kind, id] of Object.entries(wanted)) {
      const found = await datedFrom(kind as Carried['kind'], '2026-02-01');
      expect({ kind, ids: found.ids, calls: found.calls.length }).toEqual({ kind, ids: [id], calls: 1 });
    }
  });

  it.each([
    ['gives pages of a thousand', {}, 1],
    // One that is refused, and three of a hundred.
    ['refuses pages of more than a hundred', { largestPageSize: 100 }, 4],
    ['cuts pages to a hundred', { largestPageSize: 100, largerPages: 'cut' }, 3],
  ] as const)('come whole from a Xero that %s', async (_what, unverified, calls) => {
    office = await openOffice({ limits: { minute: 500 }, unverified });
    const orders = Array.from({ length: 205 }, () => office.order({ Date: '2026-02-01' }));
    const found = await datedFrom('purchase-order', '2026-02-01');
    expect(new Set(found.ids)).toEqual(new Set(orders.map((order) => order.PurchaseOrderID)));
    expect([found.ids.length, found.calls.length]).toEqual([205, calls]);
  });

  it.each([100, 200, 205])('come whole where nobody tells how many pages there are: %d', async (count) => {
    office = await openOffice({
      limits: { minute: 500 },
      unverified: { largestPageSize: 100, largerPages: 'cut' },
    });
    for (let number = 0; number < count; number += 1) office.order({ Date: '2026-02-01' });
    const untold: typeof fetch = async (...call) => {
      const answer = await fetch(...call);
      const { pagination: _, ...body } = (await answer.json()) as Record<string, unknown>;
      return new Response(JSON.stringify(body), { status: answer.status, headers: answer.headers });
    };
    const pages = await all(
      office.connector({ fetch: untold }).documentsDatedFrom('purchase-order', '2026-02-01'),
    );
    expect(pages.flatMap(({ documents }) => documents)).toHaveLength(count);
  });
});
