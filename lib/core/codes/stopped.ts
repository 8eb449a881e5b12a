import type { Sayings } from './sayings.ts';

/** Stop: the connection cannot work. */
export const STOPPED = {
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
} as const satisfies Sayings;
