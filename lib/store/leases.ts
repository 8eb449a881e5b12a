import { randomUUID } from 'node:crypto';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { RetryLater } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';
import { putItem, whetherConditionHeld } from './table.ts';

/**
 * The right to be alone on something for a while, by the injected clock:
 *
 *     acquire                      keep() renews here ┐
 *        ├────────────────────────────┼───────────────▼────────────┤
 *        0                        seconds/2                     seconds
 *        └── keep() does nothing ─────┘                            └── anybody may take it
 *
 * A holder that dies is waited for at most `seconds`. A holder that works longer calls keep() between its steps and
 * stops when that throws. Machines disagree about the time by far less than the shortest lease.
 */
export interface Lease {
  /** Renews it once less than half remains. Throws RetryLater('lease-held') if somebody else has it by now. */
  keep(): Promise<void>;
  /** Gives it back early. Does nothing if it is already lost. */
  release(): Promise<void>;
}

export interface Leases {
  /** Takes the lease if it is free or has run out; undefined while somebody else holds it. */
  acquire(name: string, holder: string, seconds: number): Promise<Lease | undefined>;
}

/** How long after its end DynamoDB may delete the item, in seconds. */
const GRACE = 86_400;

export function openLeases(table: Table, clock: Clock): Leases {
  return {
    async acquire(name, holder, seconds) {
      const key = keys.lease(name);
      const token = randomUUID();
      let heldUntil = 0;

      /** Writes the lease as ours, if it still is or (for the first time) if nobody holds it. */
      async function take(free: string, values: Record<string, number>): Promise<boolean> {
        const until = clock.now().getTime() + seconds * 1000;
        const expiresAt = Math.ceil(until / 1000) + GRACE;
        const taken = await putItem(
          table,
          { ...key, holder, leaseToken: token, heldUntil: until, expiresAt },
          { expression: `${free}leaseToken = :token`, values: { ':token': token, ...values } },
        );
        if (taken) heldUntil = until;
        return taken;
      }

      const now = clock.now().getTime();
      if (!(await take('attribute_not_exists(pk) OR heldUntil <= :now OR ', { ':now': now })))
        return undefined;
      return {
        async keep() {
          if (heldUntil - clock.now().getTime() > seconds * 500) return;
          if (!(await take('', {}))) throw new RetryLater('lease-held', seconds, { facts: { lease: name } });
        },
        async release() {
          await whetherConditionHeld(
            table.client.send(
              new DeleteCommand({
                TableName: table.name,
                Key: key,
                ConditionExpression: 'leaseToken = :token',
                ExpressionAttributeValues: { ':token': token },
              }),
            ),
          );
        },
      };
    },
  };
}
