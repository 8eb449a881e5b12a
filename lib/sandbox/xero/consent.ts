import type { App } from './apps.ts';

/** What tokens go back to. */
export interface Consent {
  app: App;
  /** Who gave it; nobody behind the tokens of a custom connection. */
  personId?: string;
  scopes: string[];
  /** Also the `authEventId` of the connections that were made with it. */
  event: string;
}
