import { randomBytes } from 'node:crypto';
import type { Connection } from '../../core/connection.ts';
import { patiently } from '../in-turn.ts';
import { changeEntry, entryOf } from '../webhook/procore-directory.ts';
import type { ReferenceData } from './reference-data.ts';

/**
 * The Authorization value that the company's hooks are to send: the one in force or, with `renew` or at first, a new
 * one. The receiver accepts it before Procore knows it, because the first delivery may come before the answer to a
 * hook's creation; it goes on accepting former ones until `acceptOnly`.
 */
export async function secretToSend(
  reference: ReferenceData,
  companyId: string,
  members: Connection[],
  renew: boolean,
): Promise<string> {
  const former = (await entryOf(reference, companyId))?.secrets ?? [];
  const inForce = renew ? undefined : former[0];
  const secret = inForce ?? `Bearer ${randomBytes(32).toString('base64url')}`;
  await accept(reference, companyId, [secret, ...former.filter((one) => one !== secret)], members);
  return secret;
}

/** Only when every hook of the company sends it. */
export function acceptOnly(
  reference: ReferenceData,
  companyId: string,
  secret: string,
  members: Connection[],
): Promise<void> {
  return accept(reference, companyId, [secret], members);
}

async function accept(
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
