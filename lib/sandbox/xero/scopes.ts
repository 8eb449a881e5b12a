import type { App } from './apps.ts';

/** What an integration that only reads asks for. */
export const READ_SCOPES = [
  'offline_access',
  'accounting.invoices.read',
  'accounting.payments.read',
  'accounting.contacts.read',
  'accounting.settings.read',
  'accounting.attachments.read',
  'accounting.manualjournals.read',
];

const READ_OR_WRITE = [
  'invoices',
  'payments',
  'banktransactions',
  'manualjournals',
  'contacts',
  'settings',
  'attachments',
].flatMap((area) => [`accounting.${area}`, `accounting.${area}.read`]);

const REPORTS = [
  'aged',
  'balancesheet',
  'banksummary',
  'budgetsummary',
  'executivesummary',
  'profitandloss',
  'taxreports',
  'tenninetynine',
  'trialbalance',
].map((report) => `accounting.reports.${report}.read`);

/** Sign-in (`openid` and its kin), payroll, files and the rest are not there, nor is what the premium tier alone has. */
const OFFERED = new Set(['offline_access', 'accounting.budgets.read', ...READ_OR_WRITE, ...REPORTS]);

const BROAD = new Set(['accounting.transactions', 'accounting.transactions.read', 'accounting.reports.read']);
const GRANULAR_ONLY_FROM = { refresh_token: '2026-03-02', client_credentials: '2026-04-29' };

/** Whether the app may ask for each of them. Apps from 2026 on have no broad scopes; custom connections no `offline_access`. */
export function mayAskFor(app: App, scopes: string[]): boolean {
  const broadToo = app.createdOn !== undefined && app.createdOn < GRANULAR_ONLY_FROM[app.grant];
  return scopes.every((scope) => {
    if (scope === 'offline_access') return app.grant === 'refresh_token';
    return OFFERED.has(scope) || (broadToo && BROAD.has(scope));
  });
}

/** The words of a `scope` parameter, each once. */
export function scopesOf(parameter: string | null): string[] {
  return [...new Set(parameter?.split(' ').filter(Boolean))];
}
