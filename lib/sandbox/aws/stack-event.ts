import { randomUUID } from 'node:crypto';
import type { BusEvent } from './event-bridge.ts';
import { ACCOUNT, REGION } from './identity.ts';

/** What CloudFormation puts on the account's default bus when it has created a stack. */
export function stackCreated(stackId: string, at: Date = new Date()): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'CloudFormation Stack Status Change',
    source: 'aws.cloudformation',
    account: ACCOUNT,
    time: at.toISOString().replace(/\.\d+Z$/, 'Z'),
    region: REGION,
    resources: [stackId],
    detail: {
      'stack-id': stackId,
      'status-details': { status: 'CREATE_COMPLETE', 'status-reason': '' },
      'client-request-token': '',
    },
  };
}
