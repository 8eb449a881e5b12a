import type { Deployment, VendorUrls } from '../deployment.ts';
import type { TokenOwner } from '../tokens/access-tokens.ts';

/** One answer of a vendor as it was heard, whatever it was. */
export interface Answer {
  headers: Headers;
  /** Milliseconds by our own clock. */
  sentAt: number;
  heardAt: number;
}

/** What the vendors were asked and what their answers told beside the answer itself. */
export interface Witness {
  /** Calls that were sent, tries again and token requests included. */
  calls: Record<TokenOwner, number>;
  answers: Record<TokenOwner, Answer[]>;
}

/** The same deployment, with somebody listening to what it says to the vendors. */
export function witnessed(deployment: Deployment): { deployment: Deployment; witness: Witness } {
  const { clock, vendors } = deployment;
  const witness: Witness = { calls: { xero: 0, procore: 0 }, answers: { xero: [], procore: [] } };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const vendor = ownerOf(input instanceof Request ? input.url : String(input), vendors);
    witness.calls[vendor] += 1;
    const sentAt = clock.now().getTime();
    const response = await deployment.fetch(input, init);
    witness.answers[vendor].push({ headers: response.headers, sentAt, heardAt: clock.now().getTime() });
    return response;
  };
  return { deployment: { ...deployment, fetch }, witness };
}

function ownerOf(url: string, { procoreApiUrl, procoreLoginUrl }: VendorUrls): TokenOwner {
  const { origin } = new URL(url);
  return [procoreApiUrl, procoreLoginUrl].some((own) => new URL(own).origin === origin) ? 'procore' : 'xero';
}
