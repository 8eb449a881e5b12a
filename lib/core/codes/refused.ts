import type { Sayings } from './sayings.ts';

/** Bad input: refused at the door. */
export const REFUSED = {
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
} as const satisfies Sayings;
