import type { Sayings } from './sayings.ts';

/** Left out: nothing to fix, it is so by rule. */
export const LEFT_OUT = {
  'status-below-setting': {
    says: 'The order has not reached the status from which this connection carries orders',
    fix: 'Nothing: it follows once it is submitted or approved in Xero (setting purchaseOrderFrom).',
  },
  'status-unknown': {
    says: 'Xero gave the document a status that the connector does not know',
    fix: 'Report it; the document stays out of Procore until then.',
  },
  'before-start-date': {
    says: "The document is older than the connection's start date",
    fix: 'Nothing, or carry it with `ml-connector backfill --from DATE`.',
  },
  'left-out-by-rule': {
    says: 'Mapping rules leave every line of the document out on purpose',
    fix: 'Nothing, or change the rule with `ml-connector mappings import`.',
  },
  'bill-not-approved': {
    says: 'The bill is not approved in Xero yet',
    fix: 'Nothing: it follows once it is approved.',
  },
  'bill-not-paid': {
    says: 'This connection carries bills once they are paid, and this one is not',
    fix: 'Nothing: it follows once it is paid (setting paymentApplicationOn).',
  },
  'nothing-to-bill': {
    says: 'The bill has no line that carries an amount',
    fix: 'Nothing: it follows once it has lines in Xero.',
  },
  'manual-journals-off': {
    says: 'This connection carries no manual journals',
    fix: 'Nothing, or give the connection the setting manualJournals on.',
  },
  'direct-costs-off': {
    says: 'The bill belongs to no order, and this connection makes no direct costs',
    fix: 'Nothing, or give the connection the setting directCosts on.',
  },
  'nothing-to-commit': {
    says: 'The order has no line that carries an amount',
    fix: 'Nothing: it follows once it has lines in Xero.',
  },
  'deleted-in-xero': {
    says: 'The document was deleted or voided in Xero and nothing of it stands in Procore',
    fix: 'Nothing.',
  },
  'dry-run': {
    says: 'The connection is on a dry run: this is what would be written',
    fix: 'Nothing; to write it, connect with dryRun false and then `ml-connector retry --all`.',
  },
  'contact-not-supplier': {
    says: 'The contact is no supplier: no bill was ever entered for it',
    fix: 'Nothing: it follows with its first bill, or with the first order that is carried.',
  },
  'contact-archived': {
    says: 'The contact is archived in Xero; what stands of it in Procore stays',
    fix: 'Nothing, or restore it in Xero.',
  },
  'contact-merged': {
    says: 'The contact was merged into another one in Xero, whose vendor counts',
    fix: 'Nothing.',
  },
  'contact-not-used': {
    says: 'The connection brings those contacts alone that documents use',
    fix: 'Nothing: its vendor comes with the first document that needs it (setting contacts).',
  },
} as const satisfies Sayings;
