/**
 * Every code that people, scripts and tests meet, in one table: what happened, and how to fix it.
 * The README's runbook has one row per code; a test holds the two together.
 */
export const CODES = {
  // Parked: a person must fix something, then the document goes on by itself.
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

  // Awaiting approval, or decided: a person says yes or no.
  'over-budget': {
    says: 'The document takes more than is left of the budget',
    fix: 'Approve or reject it by the link in your mail or with `ml-connector approvals approve`; a raised budget or a lowered document lets it go on by itself.',
  },
  'approval-rejected': {
    says: 'A person rejected this version of the document',
    fix: 'Change the document in Xero, or approve it after all with `ml-connector approvals approve`.',
  },

  // Left out: nothing to fix, it is so by rule.
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
    fix: 'Nothing, or connect with an earlier startDate.',
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

  // The door of approvals.
  'link-invalid': {
    says: 'This is no link of an approval, or not all of it',
    fix: 'Open the link from your mail again, whole. If it stays so, have it sent anew with `ml-connector approvals resend`.',
  },
  'link-replaced': {
    says: 'This link was replaced by a later one, or is no longer yours to decide by',
    fix: 'Use the link of your latest mail, or have one sent with `ml-connector approvals resend`.',
  },
  'link-expired': {
    says: 'This link has expired',
    fix: 'Have a new one sent with `ml-connector approvals resend`.',
  },
  'approval-changed': {
    says: 'The document changed after this link was sent, so it is about something that is no more',
    fix: 'Use the link of your latest mail; where none came, the document needs no approval any more.',
  },
  'approval-missing': {
    says: 'Nobody was asked to approve this document',
    fix: 'See what waits with `ml-connector approvals list`.',
  },
  'approval-decided': {
    says: 'There is nothing more to decide about this document',
    fix: 'See what was decided with `ml-connector approvals show`.',
  },
  'approval-not-yours': {
    says: 'This person may not decide about the document',
    fix: 'Name one of the approvers with --as, or change the setting approvers.',
  },
  'reason-missing': {
    says: 'A rejection needs a reason',
    fix: 'Say why, for those who must change the document.',
  },

  // Retry: goes on by itself.
  'xero-rate-limited': {
    says: 'Xero allows no more calls for now',
    fix: 'Nothing: it goes on when the window opens.',
  },
  'xero-unavailable': { says: 'Xero does not answer', fix: 'Nothing: it is tried again.' },
  'procore-rate-limited': {
    says: 'Procore allows no more calls for now',
    fix: 'Nothing: it goes on when the window opens.',
  },
  'procore-unavailable': { says: 'Procore does not answer', fix: 'Nothing: it is tried again.' },
  'connecting-already': {
    says: 'Somebody else is connecting an organisation at this moment',
    fix: 'Try again in a minute.',
  },
  'lease-held': { says: 'Another worker is on the same record', fix: 'Nothing: it is tried again.' },
  'orders-not-read': {
    says: 'The orders of this connection were not read yet, so bills cannot be matched with them',
    fix: 'Nothing: it goes on once the first look at the orders is through.',
  },
  'connection-paused': {
    says: 'The connection was paused by a person; its documents wait',
    fix: 'Let it go on with `ml-connector connections resume`.',
  },

  // Stop: the connection cannot work.
  'xero-consent-lost': {
    says: 'Xero no longer accepts the refresh token of this connection',
    fix: 'Consent again: `ml-connector connections reconnect`. What waits goes on by itself.',
  },
  'xero-client-refused': {
    says: 'Xero does not accept the client id and secret of this connection',
    fix: "Check the app's credentials in Xero's developer portal and connect again with `ml-connector connect`.",
  },
  'xero-disconnected': {
    says: 'Xero refuses this connection the organisation',
    fix: 'The app was disconnected in Xero, or its user lost access: `ml-connector connections reconnect`.',
  },
  'xero-wrong-organisation': {
    says: 'Xero answered for another organisation than the one that was connected',
    fix: 'Consent for the right organisation with `ml-connector connections reconnect`, or connect this one under another name.',
  },
  'xero-custom-connection-inactive': {
    says: 'Xero gives no tokens to this custom connection: it was edited, disconnected or never authorised',
    fix: "Authorise it again in Xero's developer portal; then it goes on by itself.",
  },
  'xero-scope-missing': {
    says: 'The Xero consent lacks a scope that the connector reads with',
    fix: 'Consent again with `ml-connector connections reconnect`; a custom connection needs the scopes that the README lists.',
  },
  'procore-client-refused': {
    says: 'Procore does not accept the client id and secret of this connection',
    fix: 'Check the service account in Procore and connect again with `ml-connector connect`.',
  },
  'procore-forbidden': {
    says: 'Procore does not let this service account do that',
    fix: "Check the app's permissions and permitted projects in Procore (README, Connect).",
  },
  'procore-wrong-company': {
    says: 'The app is not connected to this Procore company',
    fix: "Install the app in the company's App Management and permit its projects, or correct companyId; then it goes on by itself.",
  },
  'procore-project-not-permitted': {
    says: 'Projects that this connection writes to are no longer permitted for the app',
    fix: "Permit them again in Procore's App Management; their documents then go on by themselves, those of other projects do not wait.",
  },
  'procore-webhook-missing': {
    says: 'Procore does not tell the connector of changes: its webhook is missing, switched off or failing',
    fix: 'Register it anew with `ml-connector webhooks reconcile`; until then changes are noticed once a day.',
  },
  'answer-unreadable': {
    says: 'A vendor answered with something that does not fit its contract',
    fix: 'Report it with the message; nothing was written from it.',
  },
  'connection-unknown': {
    says: 'There is no such connection',
    fix: 'List them with `ml-connector connections list`.',
  },
  'configuration-missing': {
    says: 'The function lacks a setting that its deployment should have given it',
    fix: 'Deploy the stack again with `npx cdk deploy`.',
  },
  'secret-unreadable': {
    says: 'A sealed secret could not be opened',
    fix: 'Check that the KMS key of the stack is enabled, then connect again with `ml-connector connect`.',
  },

  // Bad input: refused at the door.
  'webhook-forged': {
    says: 'The webhook does not prove that it comes from the vendor',
    fix: 'Nothing if it was a probe; otherwise check the webhook key of the Xero app, or `ml-connector webhooks reconcile` for Procore.',
  },
  'webhook-oversized': { says: 'The webhook is larger than its vendor ever sends', fix: 'Nothing.' },
  'webhook-malformed': { says: 'The webhook is genuine but does not fit its contract', fix: 'Report it.' },
  'csv-invalid': {
    says: 'The CSV has a bad row; nothing was imported',
    fix: 'Correct the row and column named.',
  },
  'labelled-bills-invalid': {
    says: 'The file of labelled bills does not have its layout; nothing was scored',
    fix: 'Correct the places named; `npm run evaluate -- bills --help` shows the layout.',
  },
  'connection-file-invalid': {
    says: 'The connection file is not complete; nothing was stored',
    fix: 'Correct the fields named (README, Connect).',
  },
  'connection-exists': {
    says: 'This organisation is already connected',
    fix: 'Use the existing connection; to change its secrets connect with the same name.',
  },
  'connection-name-taken': {
    says: 'A connection of this name joins another Xero organisation or another Procore company',
    fix: 'Choose another name, or correct xero.tenantId and procore.companyId.',
  },
  'connection-missing': {
    says: 'Nothing is connected yet',
    fix: 'Connect an organisation with `ml-connector connect --file connection.json`.',
  },
  'xero-tenant-unknown': {
    says: 'The Xero consent does not cover an organisation with this tenant id',
    fix: 'Correct xero.tenantId, or consent to that organisation in Xero and connect again.',
  },
  'consent-unknown': {
    says: 'This consent was not asked for here, or its link was changed on the way',
    fix: 'Open the link that `ml-connector connect` printed, or start again with it.',
  },
  'consent-other-browser': {
    says: 'The consent was begun in another browser',
    fix: 'Open the link again and go through it in one browser.',
  },
  'consent-used': {
    says: 'This consent was already used',
    fix: 'Nothing, if the connection stands (`ml-connector connections list`); otherwise start again with `ml-connector connect`.',
  },
  'consent-expired': {
    says: 'This consent was not finished in time',
    fix: 'Start again with `ml-connector connect`.',
  },
  'consent-declined': {
    says: 'The consent was declined in Xero',
    fix: 'Open the link again, as a user of Xero who may connect the organisation, and allow access.',
  },
  'import-overtaken': {
    says: 'Somebody else imported the same table at the same moment; nothing of this file was imported',
    fix: 'Look at theirs with `export`, then import again.',
  },
  'table-version-unknown': {
    says: 'The table has no such version, or its rows are no longer kept',
    fix: 'List its versions with `ml-connector mappings history` or `ml-connector projects history`.',
  },
  'file-unreadable': {
    says: 'The file could not be read or written',
    fix: 'Check its name and permissions.',
  },
  usage: {
    says: 'The command line was not understood',
    fix: 'See `ml-connector --help`, or --help of the command.',
  },
  'several-connections': {
    says: 'There are several connections',
    fix: 'Say which one with --connection NAME-OR-ID.',
  },
  'vendor-unknown': {
    says: 'The Procore company has no active vendor with this id',
    fix: "Take the id from the candidates of `ml-connector parked`, or from the vendor's address in Procore.",
  },
  'contact-unknown': {
    says: 'Xero knows no contact with this id, and nothing waits for it',
    fix: 'Take the id from `ml-connector parked`.',
  },
  'document-unknown': {
    says: 'No document has this number or id',
    fix: 'List them with `ml-connector documents`.',
  },
  'nothing-to-overwrite': {
    says: 'The document is not parked for something that people changed in Procore',
    fix: 'See what it waits for with `ml-connector plan`; --overwrite is for the codes application-touched and commitment-touched.',
  },
  'document-not-a-bill': {
    says: 'Only bills and credit notes are matched to orders',
    fix: 'Name a bill or credit note; list them with `ml-connector documents`.',
  },
  'document-ambiguous': {
    says: 'Several documents carry this number',
    fix: 'Name one of them by its id.',
  },

  // The command line itself.
  'deployment-missing': {
    says: 'No local run answers and no deployed stack is named',
    fix: 'Start the local run with `npm start` (--port if it is not 4510), or name a stack with --stack.',
  },
  'stack-unreadable': {
    says: 'The stack could not be read, or is not one of ml-connector',
    fix: 'Check --stack, --profile and AWS_REGION, and that the stack is deployed.',
  },
  'aws-refused': {
    says: 'AWS did not do what was asked',
    fix: 'Check that you may use the table, queue, key and event bus of the stack, and try again.',
  },
  'queue-not-drained': {
    says: 'Not every document was dealt with in time',
    fix: 'Nothing is lost: the rest goes on by itself; wait longer with --timeout, or look with `ml-connector doctor`.',
  },
  'audit-broken': {
    says: 'The audit trail is broken: an entry was changed, removed or inserted',
    fix: 'Compare the trail with a point-in-time backup of the table, and find out who wrote to it.',
  },
  unexpected: {
    says: 'Something went wrong that the connector does not know',
    fix: 'Report it with the message.',
  },
} as const satisfies Record<string, { says: string; fix: string }>;

export type Code = keyof typeof CODES;
