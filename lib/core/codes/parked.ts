import type { Sayings } from './sayings.ts';

/** Parked: a person must fix something, then the document goes on by itself. */
export const PARKED = {
  'account-unmapped': {
    says: 'No mapping rule gives this line a cost code',
    fix: 'Add a rule for the account, item or tracking option with `ml-connector mappings import`.',
  },
  'rules-tie': {
    says: 'Two mapping rules of equal rank give this line different cost codes',
    fix: 'Make one of the two rules more specific with `ml-connector mappings import`.',
  },
  'line-without-account': {
    says: 'A line carries an amount but no account',
    fix: 'Choose an account for the line in Xero.',
  },
  'project-unmapped': {
    says: 'A line names no project, or a tracking option without a Procore project',
    fix: 'Add the option with `ml-connector projects import`, set the line in Xero, or give the connection a defaultProject.',
  },
  'project-ambiguous': {
    says: 'A line carries tracking options of two different Procore projects',
    fix: 'Leave one project option on the line in Xero.',
  },
  'project-not-unique': {
    says: 'The project of the table fits several projects in Procore',
    fix: 'Write its Procore id with `ml-connector projects import`.',
  },
  'project-not-visible': {
    says: 'The mapped project is not among those that Procore shows to this connection',
    fix: "Permit the project for the app in Procore's admin (App Management), or correct it with `ml-connector projects import`.",
  },
  'cost-code-not-in-project': {
    says: 'The mapped cost code does not exist in the project, or is a heading that cannot be booked on',
    fix: 'Add the cost code to the project in Procore, or correct the rule with `ml-connector mappings import`.',
  },
  'cost-type-unknown': {
    says: 'The mapped cost type does not exist in Procore',
    fix: 'Correct the cost type in the rule with `ml-connector mappings import`.',
  },
  'wbs-code-not-in-project': {
    says: 'The mapped WBS code does not exist in the project or is not active',
    fix: 'Activate the code in Procore, or correct the rule with `ml-connector mappings import`.',
  },
  'segment-missing': {
    says: 'The project demands further WBS segments, which a cost code with a cost type does not name',
    fix: 'Name a WBS code of the project, with all its segments, in the rule with `ml-connector mappings import`.',
  },
  'contact-missing': {
    says: 'The order names no supplier',
    fix: 'Choose a contact on the order in Xero.',
  },
  'vendor-ambiguous': {
    says: 'It is not certain which Procore vendor this supplier is',
    fix: "Say which with `ml-connector resolve vendor`, or that it is to be a new one; or give the right vendor, and no other, the supplier's exact name in Procore.",
  },
  'vendor-missing': {
    says: 'Procore has no vendor of this name, and this connection creates none',
    fix: 'Add the vendor in Procore under that name, say which it is with `ml-connector resolve vendor`, or connect with contacts set to used.',
  },
  'vendor-inactive': {
    says: 'The vendor of this supplier is inactive in Procore',
    fix: "Reactivate it in Procore's company directory, or choose another with `ml-connector resolve vendor`.",
  },
  'vendor-gone': {
    says: 'The vendor of this supplier is no longer in Procore: it was deleted, or merged into another',
    fix: 'Say which vendor it is now with `ml-connector resolve vendor`.',
  },
  'foreign-currency': {
    says: "The document is in another currency than the organisation's books",
    fix: 'Give the connection the setting foreignCurrency convert, post the document in Procore by hand, or change its currency in Xero.',
  },
  'totals-disagree': {
    says: "The lines do not add up to the document's own total",
    fix: 'Open and save the order in Xero so that it recalculates; if that does not help, report it.',
  },
  'total-negative': {
    says: 'The order is worth less than nothing, which Procore cannot commit to',
    fix: 'Record it as a supplier credit note in Xero, or correct the lines.',
  },
  'tax-above-amount': {
    says: 'A line carries more tax than it is worth, and this connection carries amounts with tax',
    fix: 'Correct the line in Xero, or give the connection the setting amounts net.',
  },
  'payments-exceed-bill': {
    says: 'More was paid on the bill than it comes to',
    fix: 'Correct the payments in Xero.',
  },
  'date-missing': {
    says: 'The bill has no date',
    fix: 'Give it a date in Xero.',
  },
  'order-not-posted': {
    says: 'The bill belongs to an order that does not stand in Procore yet',
    fix: 'See why the order waits with `ml-connector audit`; the bill follows by itself.',
  },
  'bill-match-uncertain': {
    says: 'It is not certain which orders this bill belongs to, or whether it belongs to any',
    fix: 'Say so with `ml-connector match BILL ORDER…`, or `ml-connector match BILL --none`.',
  },
  'bill-has-extras': {
    says: 'The bill charges things that its order lacks, and this connection makes no direct costs',
    fix: 'Add them to the order in Xero, or give the connection the setting directCosts on.',
  },
  'over-billed': {
    says: 'The bill goes beyond what its order still leaves to bill',
    fix: 'Raise the order in Xero, or correct the bill; both go on by themselves. Where it awaits approval, see `ml-connector approvals show`.',
  },
  'budget-missing': {
    says: 'The project has no budget to compare the document with',
    fix: 'Enter the budget in Procore, or give the connection the setting budgetScope off; then `ml-connector retry` it.',
  },
  'budget-view-missing': {
    says: 'The project shows no budget view of the name or id that this connection compares with',
    fix: 'Give the connection the setting budgetView with one of the candidates, or add the view to the project in Procore; then `ml-connector retry` it.',
  },
  'budget-locked': {
    says: "Procore does not let the connector read the project's budget",
    fix: "Give the service account read permission on the project's Budget tool; then `ml-connector retry` it.",
  },
  'budget-unreadable': {
    says: 'The budget view lacks a column that the comparison needs, or shows no amount in it',
    fix: 'Add the column to the view in Procore, or name another view in the setting budgetView; then `ml-connector retry` it.',
  },
  'line-billed-already': {
    says: 'The order was lowered below what is billed on it, or lost a line that is billed',
    fix: 'Put the line back in Xero, or void the bill first.',
  },
  'billing-period-missing': {
    says: 'The project has no billing period for the bill',
    fix: 'Open a billing period in Procore, or give the connection the setting billingPeriods create; then `ml-connector retry` it.',
  },
  'application-touched': {
    says: 'The payment application was changed in Procore by hand, so it is not written over',
    fix: 'Compare both sides in the message. Set it back in Procore; or have it written over with `ml-connector retry DOCUMENT --overwrite`.',
  },
  'commitment-touched': {
    says: 'The commitment was changed in Procore by hand, so it is not written over',
    fix: 'Compare both sides in the message. Set it back in Procore, or change the order in Xero to match; or have it written over with `ml-connector retry DOCUMENT --overwrite`.',
  },
  'application-locked': {
    says: 'Procore does not let a payment application that is marked as integrated be changed any more',
    fix: "Change or delete it in Procore's own pages as an administrator, then `ml-connector retry` the bill.",
  },
  'application-differs': {
    says: 'The payment application does not come to what the bill says, and Procore does not take the difference',
    fix: 'Compare the application with the bill; retainage or a billing limit on the commitment is the usual cause.',
  },
  'commitment-number-taken': {
    says: 'Procore already has a commitment with this number that the connector did not make',
    fix: 'Renumber or remove the commitment in Procore, or renumber the order in Xero.',
  },
  'requisition-touched': {
    says: 'The draft requisition was submitted or approved in Procore, so neither a change of the order nor a bill may use it',
    fix: 'Set the requisition back to draft or delete it in Procore, then `ml-connector retry` it.',
  },
  'requisition-differs': {
    says: 'The draft requisition does not carry the amounts of the order, and Procore does not take them',
    fix: 'Compare the requisition with the order; retainage or a billing limit on the commitment is the usual cause.',
  },
  'commitment-gone': {
    says: 'The commitment was deleted in Procore by hand',
    fix: 'Restore it from the recycle bin in Procore, or delete the order in Xero.',
  },
  'procore-refused': {
    says: 'Procore refused to save a record',
    fix: "Read Procore's reason in the message, correct it in Procore or Xero, then `ml-connector retry` it.",
  },
  'document-vanished': {
    says: 'Xero knows no document with this id',
    fix: 'Nothing, if the id was a mistake; otherwise check that the connection reads the right organisation.',
  },
  'document-unreadable': {
    says: 'Xero sent a document that does not fit its own contract',
    fix: 'Open and save the document in Xero; if that does not help, report it with the message.',
  },
  'message-malformed': {
    says: 'A message in the queue could not be read',
    fix: 'Nothing is lost in Xero: run `ml-connector poll --full`. If it comes again, report it.',
  },
  'sync-failed': {
    says: 'The document failed again and again for a reason the connector does not know',
    fix: 'Read the log of sync-documents for the cause, then `ml-connector retry` it.',
  },
} as const satisfies Sayings;
