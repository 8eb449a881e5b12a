import type { Settings } from './settings.ts';

/** One Xero organisation ↔ one Procore company, without its secrets. */
export interface Connection {
  id: string;
  name: string;
  state: 'live' | 'broken';
  /** Why it is broken: a stable code (core/codes.ts). */
  code?: string;
  xero: {
    grant: 'refresh_token' | 'client_credentials';
    clientId: string;
    organisation: string;
    currency: string;
  };
  procore: { clientId: string; companyId: string };
  settings: Settings;
  /** ISO instant. */
  createdAt: string;
}
