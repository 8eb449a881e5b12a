import type { XeroOrganisationData } from '../xero/books.ts';
import { CONTRACTOR } from './contractor.ts';
import { daysBefore } from './identity.ts';
import { seedCreditNotes, seedPayments } from './xero-credits-and-payments.ts';
import { seedBills, seedSalesInvoices } from './xero-invoices.ts';
import { seedPurchaseOrders } from './xero-orders.ts';
import { seedAccounts, seedContacts, seedItems, seedTracking } from './xero-reference.ts';

/** The contractor's books. Every document falls into the 104 days before `today` (`YYYY-MM-DD`). */
export function seedXero(today: string): XeroOrganisationData {
  const setUp = daysBefore(today, 400);
  return {
    tenantId: CONTRACTOR.tenantId,
    name: CONTRACTOR.name,
    baseCurrency: CONTRACTOR.currency,
    countryCode: CONTRACTOR.country,
    timezone: CONTRACTOR.timezone,
    isDemoCompany: true,
    taxRates: { INPUT: Number(CONTRACTOR.salesTaxRate) },
    contacts: seedContacts(setUp),
    accounts: seedAccounts(setUp),
    items: seedItems(setUp),
    trackingCategories: seedTracking(),
    purchaseOrders: seedPurchaseOrders(today),
    invoices: [...seedBills(today), ...seedSalesInvoices(today)],
    creditNotes: seedCreditNotes(today),
    payments: seedPayments(today),
  };
}
