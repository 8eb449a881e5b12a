import type { ConsentDeployment } from './attempt.ts';

/** Where Xero sends the browser back to: registered in the Xero app, letter by letter. */
export function redirectUriOf({ connectUrl }: Pick<ConsentDeployment, 'connectUrl'>): string {
  return `${connectUrl}/xero/callback`;
}
