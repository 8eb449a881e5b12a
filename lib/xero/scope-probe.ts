import { Stop } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { sendPatiently } from '../http/retry.ts';
import { judge, xeroLimit } from './failures.ts';

interface ProbeOptions {
  /** `https://api.xero.com` */
  apiUrl: string;
  tenantId: string;
  /** One that Xero has just accepted: it is not renewed here. */
  accessToken: string;
  clock: Clock;
  fetch?: typeof fetch | undefined;
}

const ONE = 'page=1&pageSize=1';

/**
 * What the connector reads, and the smallest question that shows whether the consent lets it (Xero docs: Scopes).
 * Attachments are not among them: without a document there is nothing to ask for.
 */
const QUESTIONS = [
  { scope: 'accounting.invoices.read', covers: 'purchase orders and bills', path: `PurchaseOrders?${ONE}` },
  { scope: 'accounting.contacts.read', covers: 'contacts', path: `Contacts?${ONE}&summaryOnly=true` },
  { scope: 'accounting.settings.read', covers: 'tracking, items and the organisation', path: 'Organisation' },
  { scope: 'accounting.payments.read', covers: 'payments', path: `Payments?${ONE}` },
];

export interface ScopeAnswer {
  /** Xero's own word. */
  scope: string;
  /** What it lets one read, in plain words. */
  covers: string;
  reached: boolean;
}

/**
 * Asks once for what each scope covers. A refusal counts as a missing scope whatever its words are, unless all are
 * refused: then it is not a matter of scopes and the refusal is thrown. Throws RetryLater and Stop.
 */
export async function probeXeroScopes(options: ProbeOptions): Promise<ScopeAnswer[]> {
  const answers: ScopeAnswer[] = [];
  let refusal: Stop | undefined;
  for (const { path, ...question } of QUESTIONS) {
    const refused = await refusalOf(path, options);
    refusal ??= refused;
    answers.push({ ...question, reached: refused === undefined });
  }
  const none = answers.every(({ reached }) => !reached);
  if (refusal && none && refusal.code !== 'xero-scope-missing') throw refusal;
  return answers;
}

const REFUSALS = ['xero-scope-missing', 'xero-consent-lost', 'xero-disconnected'];

async function refusalOf(path: string, options: ProbeOptions): Promise<Stop | undefined> {
  const { apiUrl, tenantId, accessToken, clock, fetch } = options;
  const url = new URL(`/api.xro/2.0/${path}`, apiUrl).href;
  const headers = {
    authorization: `Bearer ${accessToken}`,
    'xero-tenant-id': tenantId,
    accept: 'application/json',
  };
  const outcome = await sendPatiently(
    { method: 'GET', url, headers, repeatable: true },
    { clock, fetch, limit: xeroLimit },
  );
  try {
    judge(outcome, path);
  } catch (error) {
    if (error instanceof Stop && REFUSALS.includes(error.code)) return error;
    throw error;
  }
  return undefined;
}
