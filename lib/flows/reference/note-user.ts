import type { Connection } from '../../core/connection.ts';
import { serviceAccountUser } from '../../procore/me.ts';
import { procoreOptions } from '../clients.ts';
import { changeConnection } from '../connections/change-connection.ts';
import type { ReferenceData } from './reference-data.ts';

/** Learns which user the service account is, where that is not known: by it our own changes are told from others. */
export async function noteUser(reference: ReferenceData, connection: Connection): Promise<void> {
  if (connection.procore.userId !== undefined) return;
  const userId = await serviceAccountUser(procoreOptions(reference, connection));
  if (userId === undefined) return;
  await changeConnection(reference, connection.id, (current) =>
    current.procore.userId === undefined
      ? { ...current, procore: { ...current.procore, userId } }
      : undefined,
  );
}
