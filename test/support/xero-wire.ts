/** Records as Xero's accounting API sends them, filled in as far as no test cares. Tests override fields by name. */
export type Wire = Record<string, unknown>;

function xeroTimeOf(iso: string): string {
  return `/Date(${Date.parse(iso)}+0000)/`;
}

export function lineWire(fields: Wire = {}): Wire {
  return {
    LineItemID: 'a1b6fc60-4dcf-4d2f-8ba4-6f0f5f8f3a11',
    Description: 'Ready-mix concrete, 32 MPa',
    Quantity: 12.5,
    UnitAmount: 158.4,
    LineAmount: 1980,
    TaxAmount: 198,
    AccountCode: '310',
    Tracking: [],
    ...fields,
  };
}

export function orderWire(fields: Wire = {}): Wire {
  return {
    PurchaseOrderID: '6afa2e02-c514-4964-ab89-b5c0179b8c50',
    PurchaseOrderNumber: 'PO-0107',
    DateString: '2026-11-02T00:00:00',
    Date: xeroTimeOf('2026-11-02T00:00:00Z'),
    DeliveryAddress: '',
    AttentionTo: '',
    Type: 'PURCHASEORDER',
    CurrencyRate: 1,
    CurrencyCode: 'USD',
    Contact: { ContactID: '430fa14a-f945-44d3-9f97-5df5e28441b8', Name: 'Hudson Concrete', Addresses: [] },
    Status: 'AUTHORISED',
    LineAmountTypes: 'Exclusive',
    LineItems: [lineWire()],
    SubTotal: 1980,
    TotalTax: 198,
    Total: 2178,
    UpdatedDateUTC: xeroTimeOf('2026-11-20T10:11:12.345Z'),
    HasAttachments: false,
    ...fields,
  };
}

export function billWire(fields: Wire = {}): Wire {
  return {
    InvoiceID: '0f7b54b8-bfa4-4c5d-9c22-73dbd5796e54',
    Type: 'ACCPAY',
    InvoiceNumber: 'HC-5512',
    Status: 'AUTHORISED',
    Contact: { ContactID: '430fa14a-f945-44d3-9f97-5df5e28441b8', Name: 'Hudson Concrete' },
    Date: xeroTimeOf('2026-11-15T00:00:00Z'),
    CurrencyCode: 'USD',
    LineAmountTypes: 'Exclusive',
    LineItems: [lineWire()],
    SubTotal: 1980,
    TotalTax: 198,
    Total: 2178,
    UpdatedDateUTC: xeroTimeOf('2026-11-20T10:11:12Z'),
    ...fields,
  };
}

export function envelope(plural: string, records: unknown[], pagination?: Wire): Wire {
  return {
    Id: '66910bfc-15cc-4692-bd4c-cc8f671e653c',
    Status: 'OK',
    ProviderName: 'ml-connector',
    DateTimeUTC: xeroTimeOf('2026-11-22T03:04:05.678Z'),
    ...(pagination && { pagination }),
    [plural]: records,
  };
}
