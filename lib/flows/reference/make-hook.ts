import { randomBytes } from 'node:crypto';
import type { Connection } from '../../core/connection.ts';
import { ProcoreRefused } from '../../core/errors.ts';
import type { Hook, WebhookDesk } from '../../procore/webhooks.ts';
import type { Lease } from '../../store/leases.ts';
import { patiently } from '../in-turn.ts';
import { changeEntry } from '../webhook/procore-directory.ts';
import type { HookFormat } from './hook-format.ts';
import type { ReferenceData } from './reference-data.ts';
import { secretOf } from './standing-hook.ts';

interface Making {
  desk: WebhookDesk;
  format: HookFormat;
  companyId: string;
  /** What stands in the namespace. */
  found: Hook[];
  /** What is accepted so far. */
  secrets: string[];
  members: Connection[];
  lease: Lease;
}

/** Makes a hook with a new secret. What sends an older one goes on being accepted meanwhile. */
export async function makeHook(
  reference: ReferenceData,
  { desk, format, companyId, found, secrets, members, lease }: Making,
): Promise<{ id: string; secret: string }> {
  const secret = `Bearer ${randomBytes(32).toString('base64url')}`;
  const inUse = found.flatMap((hook) => secretOf(hook, secrets) ?? []);
  // Before Procore knows it: the first delivery may come before the answer to the creation.
  await accept(reference, companyId, [secret, ...new Set(inUse)], members);
  await lease.keep();
  const hook = {
    url: reference.webhookUrl,
    authorization: secret,
    payloadVersion: format.payloadVersion,
  };
  try {
    return { id: await desk.create(hook), secret };
  } catch (error) {
    if (!(error instanceof ProcoreRefused) || found.length === 0) throw error;
    // Procore may not take two hooks of one namespace to one address.
    for (const { id } of found) await desk.remove(id);
    return { id: await desk.create(hook), secret };
  }
}

/** Makes the receiver accept these secrets for the company, and tell these connections. */
export async function accept(
  reference: ReferenceData,
  companyId: string,
  secrets: string[],
  members: Connection[],
): Promise<void> {
  const connections = members.map(({ id, procore: { userId } }) => ({
    id,
    ...(userId !== undefined && { userId }),
  }));
  // Other companies share the directory.
  await patiently(reference, () => changeEntry(reference, companyId, () => ({ secrets, connections })));
}
