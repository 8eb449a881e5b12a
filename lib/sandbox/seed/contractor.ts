import { guid } from './identity.ts';

/** The company of the seed: a general contractor in Austin, Texas, with three jobs under way. */
export const CONTRACTOR = {
  name: 'Harlan & Reyes Builders',
  legalName: 'Harlan & Reyes Builders, Inc.',
  currency: 'USD',
  country: 'US',
  timezone: 'CENTRALSTANDARDTIME',
  /** Percent of sales tax on materials and rentals. */
  salesTaxRate: '8.25',
  tenantId: guid('tenant', 'Harlan & Reyes Builders'),
  procoreCompanyId: 598134325510147,
} as const;

/** Sign-in facts that the sandboxes accept. They open nothing outside of a laptop. */
export const DEMO_CREDENTIALS = {
  xero: {
    clientId: 'DEMO0XERO0CLIENT0HARLAN0REYES000',
    clientSecret: 'demo-xero-secret-not-for-real-use',
    refreshToken: 'demo-xero-refresh-token-not-for-real-use',
    webhookKey: 'demo-xero-webhook-key-not-for-real-use',
  },
  procore: {
    clientId: 'demo-procore-client-harlan-reyes',
    clientSecret: 'demo-procore-secret-not-for-real-use',
  },
} as const;
