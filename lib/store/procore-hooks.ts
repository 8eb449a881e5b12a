import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { keys } from './keys.ts';
import type { Revised, Table } from './table.ts';
import { getItem, putRevised } from './table.ts';

/** The webhooks of one Procore company, as the connector last left them. Their secret lies in the webhook directory. */
export interface ProcoreHooks {
  companyId: string;
  /** Of this deployment alone. */
  namespace: string;
  /** Client id of the app that made them: Procore shows them to no other. */
  clientId?: string;
  /** One of the company and one of each project, written down before it is made so that none is lost from sight. */
  hooks: HookRecord[];
  /** Ids of the connections that were told that they stand. */
  connections: string[];
  /** What lacks, in plain words. */
  problem?: string;
  /** Set where a person removed them: they stay away until a person wants them back. */
  off?: boolean;
  /** ISO instant of the last comparison with Procore. */
  checkedAt?: string;
}

export interface HookRecord {
  /** Absent for the hook of the company. */
  projectId?: string;
  /** Absent while it is not known to stand. */
  hookId?: string;
  payloadVersion?: string;
}

export interface ProcoreHookStore {
  get(companyId: string): Promise<Revised<ProcoreHooks> | undefined>;
  /** Replaces it as it was read (revision 0: none yet). Throws WriteConflict. */
  put(hooks: Revised<ProcoreHooks>): Promise<Revised<ProcoreHooks>>;
  remove(companyId: string): Promise<void>;
}

const optionalText = z.exactOptional(z.string());
const schema = z.object({
  companyId: z.string(),
  namespace: z.string(),
  clientId: optionalText,
  hooks: z.array(z.object({ projectId: optionalText, hookId: optionalText, payloadVersion: optionalText })),
  connections: z.array(z.string()),
  problem: optionalText,
  off: z.exactOptional(z.boolean()),
  checkedAt: optionalText,
}) satisfies z.ZodMiniType<ProcoreHooks>;

export function openProcoreHooks(table: Table): ProcoreHookStore {
  return {
    async get(companyId) {
      const item = await getItem(table, keys.procoreHooks(companyId));
      return item && { ...schema.parse(item), revision: Number(item.revision) };
    },
    async put({ revision, ...hooks }) {
      const stored = schema.parse(hooks);
      const key = keys.procoreHooks(hooks.companyId);
      return { ...stored, revision: await putRevised(table, key, stored, revision) };
    },
    async remove(companyId) {
      const Key = keys.procoreHooks(companyId);
      await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
    },
  };
}
