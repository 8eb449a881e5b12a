import type { Connection } from '../../core/connection.ts';

/** How many calls Xero still allows the connection today, as far as is known without asking. */
export type CallsLeft = (connection: Connection) => Promise<number | undefined>;

/** Nobody keeps count between calls: Xero itself refuses what is too much, and the document waits. */
export const callsLeftUnknown: CallsLeft = async () => undefined;
