import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { keys } from './keys.ts';
import type { Attributes, Revised, Table } from './table.ts';
import { getItem, putRevised, queryItems } from './table.ts';

/** The webhook of one Procore company, as the connector last left it. Its secret lies in the webhook directory. */
export interface ProcoreHook {
  companyId: string;
  /** Of this deployment alone; written down before a hook is made in it, so that none is ever lost from sight. */
  namespace: string;
  /** Absent while none is known to stand. */
  hookId?: string;
  /** Client id of the app that made it: Procore shows it to no other. */
  clientId?: string;
  payloadVersion?: string;
  /** `Company Vendors update`, … */
  triggers: string[];
  /** Ids of the connections that were told that it stands. */
  connections: string[];
  /** Why it does not stand, in plain words. */
  problem?: string;
  /** Set where a person removed it: it stays away until a person wants it back. */
  off?: boolean;
  /** ISO instant of the last comparison with Procore. */
  checkedAt?: string;
}

export interface ProcoreHooks {
  get(companyId: string): Promise<Revised<ProcoreHook> | undefined>;
  list(): Promise<Revised<ProcoreHook>[]>;
  /** Replaces it as it was read (revision 0: none yet). Throws WriteConflict. */
  put(hook: Revised<ProcoreHook>): Promise<Revised<ProcoreHook>>;
  remove(companyId: string): Promise<void>;
}

const hookSchema = z.object({
  companyId: z.string(),
  namespace: z.string(),
  hookId: z.exactOptional(z.string()),
  clientId: z.exactOptional(z.string()),
  payloadVersion: z.exactOptional(z.string()),
  triggers: z.array(z.string()),
  connections: z.array(z.string()),
  problem: z.exactOptional(z.string()),
  off: z.exactOptional(z.boolean()),
  checkedAt: z.exactOptional(z.string()),
}) satisfies z.ZodMiniType<ProcoreHook>;

export function openProcoreHooks(table: Table): ProcoreHooks {
  return {
    async get(companyId) {
      const item = await getItem(table, keys.procoreHook(companyId));
      return item && parse(item);
    },
    async list() {
      const items = queryItems(table, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.procoreHooks },
      });
      return (await Array.fromAsync(items)).map(parse);
    },
    async put({ revision, ...hook }) {
      const stored = hookSchema.parse(hook);
      return {
        ...stored,
        revision: await putRevised(table, keys.procoreHook(hook.companyId), stored, revision),
      };
    },
    async remove(companyId) {
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: keys.procoreHook(companyId) }));
    },
  };
}

function parse(item: Attributes): Revised<ProcoreHook> {
  return { ...hookSchema.parse(item), revision: Number(item.revision) };
}
