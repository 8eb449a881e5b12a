import type { XeroOrganisationData } from '../../lib/sandbox/xero/books.ts';

const guid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const TENANT = guid(1);
export const IDS = {
  supplier: guid(11),
  merged: guid(12),
  account: guid(21),
  bank: guid(22),
  item: guid(31),
  category: guid(41),
  option: guid(42),
  order: guid(51),
  bill: guid(61),
  note: guid(71),
  prepayment: guid(81),
  overpayment: guid(82),
  payment: guid(91),
  journal: guid(101),
};

const CONTACT = { ContactID: IDS.supplier };
const TRACKING = [{ TrackingCategoryID: IDS.category, TrackingOptionID: IDS.option }];
const LINES = [
  { Description: 'Timber', Quantity: 4, UnitAmount: 12.3456, ItemCode: 'TIM', AccountCode: '310' },
  { Quantity: 1, UnitAmount: 80, TaxType: 'INPUT', AccountCode: '310', Tracking: TRACKING },
  { Description: 'Deliver to the north gate' },
];

/** One of everything, with every field filled in that the sandbox knows. */
export const DATA: XeroOrganisationData = {
  tenantId: TENANT,
  name: 'Harbour Builders',
  baseCurrency: 'NZD',
  countryCode: 'NZ',
  timezone: 'NEWZEALANDSTANDARDTIME',
  taxRates: { INPUT: 15 },
  contacts: [
    {
      ...CONTACT,
      Name: 'Liffey Timber',
      ContactNumber: 'S-1',
      AccountNumber: 'L1',
      FirstName: 'Ann',
      LastName: 'Byrne',
      EmailAddress: 'ann@liffey.example',
      TaxNumber: '123',
      DefaultCurrency: 'NZD',
      PurchasesDefaultAccountCode: '310',
      Addresses: [{ AddressType: 'STREET', AddressLine1: '1 Quay', City: 'Nelson', Country: 'New Zealand' }],
      Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '5550123', PhoneAreaCode: '3', PhoneCountryCode: '64' }],
    },
    {
      ContactID: IDS.merged,
      Name: 'Liffey Timbr',
      MergedToContactID: IDS.supplier,
      ContactStatus: 'ARCHIVED',
    },
  ],
  accounts: [
    { AccountID: IDS.account, Code: '310', Name: 'Materials', Type: 'DIRECTCOSTS', TaxType: 'INPUT' },
    { AccountID: IDS.bank, Name: 'Cheque Account', Type: 'BANK' },
  ],
  items: [
    {
      ItemID: IDS.item,
      Code: 'TIM',
      Name: 'Timber',
      PurchaseDescription: 'Pine',
      PurchaseDetails: { UnitPrice: 4.1275, AccountCode: '310', TaxType: 'INPUT' },
    },
  ],
  trackingCategories: [
    {
      TrackingCategoryID: IDS.category,
      Name: 'Project',
      Options: [
        { TrackingOptionID: IDS.option, Name: 'Pier 9' },
        { Name: 'Old Mill', Status: 'ARCHIVED' },
      ],
    },
  ],
  purchaseOrders: [
    {
      PurchaseOrderID: IDS.order,
      PurchaseOrderNumber: 'PO-0001',
      Reference: 'North wing',
      Contact: CONTACT,
      Status: 'AUTHORISED',
      Date: '2026-11-01',
      DeliveryDate: '2026-12-01',
      ExpectedArrivalDate: '2026-12-02',
      DeliveryAddress: '2 Gate Road',
      AttentionTo: 'Foreman',
      Telephone: '64 3 5550123',
      DeliveryInstructions: 'Mind the crane',
      LineItems: [...LINES, { UnitAmount: 100, DiscountRate: 5 }],
    },
    { Contact: CONTACT },
  ],
  invoices: [
    {
      InvoiceID: IDS.bill,
      Type: 'ACCPAY',
      InvoiceNumber: 'PO-0001',
      Contact: CONTACT,
      Status: 'AUTHORISED',
      Date: '2026-11-02',
      DueDate: '2026-11-30',
      PlannedPaymentDate: '2026-11-29',
      Url: 'https://bills.example/1',
      LineAmountTypes: 'Inclusive',
      LineItems: LINES,
    },
    {
      Type: 'ACCREC',
      InvoiceNumber: 'INV-1',
      Reference: 'Claim 1',
      Contact: CONTACT,
      Status: 'AUTHORISED',
      LineItems: [],
    },
  ],
  creditNotes: [
    {
      CreditNoteID: IDS.note,
      CreditNoteNumber: 'CN-1',
      Type: 'ACCPAYCREDIT',
      Contact: CONTACT,
      Status: 'AUTHORISED',
      LineItems: LINES,
      Allocations: [{ Invoice: { InvoiceID: IDS.bill }, Amount: 20 }],
    },
  ],
  prepayments: [
    {
      PrepaymentID: IDS.prepayment,
      Type: 'SPEND-PREPAYMENT',
      Contact: CONTACT,
      LineItems: [{ UnitAmount: 15 }],
      Allocations: [{ Invoice: { InvoiceID: IDS.bill }, Amount: 15 }],
    },
  ],
  overpayments: [
    {
      OverpaymentID: IDS.overpayment,
      Type: 'SPEND-OVERPAYMENT',
      Contact: CONTACT,
      LineAmountTypes: 'NoTax',
      LineItems: [{ UnitAmount: 25 }],
      Reference: 'Paid twice',
      Allocations: [{ Invoice: { InvoiceID: IDS.bill }, Amount: 10 }],
    },
  ],
  payments: [
    {
      PaymentID: IDS.payment,
      Invoice: { InvoiceID: IDS.bill },
      Account: { AccountID: IDS.bank },
      Amount: 30,
    },
    { CreditNote: { CreditNoteID: IDS.note }, Account: { AccountID: IDS.account }, Amount: 5 },
  ],
  manualJournals: [
    {
      ManualJournalID: IDS.journal,
      Narration: 'Accrual',
      Status: 'POSTED',
      JournalLines: [
        { LineAmount: 100, AccountCode: '310', Description: 'Accrued', Tracking: TRACKING },
        { LineAmount: -100, AccountCode: '310' },
      ],
    },
  ],
};
