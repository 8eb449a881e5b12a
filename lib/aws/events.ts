import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Code } from '../core/codes.ts';
import type { DocumentRecord } from '../core/links.ts';

/** What the connector tells the world, by detail type. Other systems rely on these names. */
export interface DomainEvents {
  DocumentPosted: Pick<DocumentRecord, 'connectionId' | 'kind' | 'id' | 'number' | 'procore'>;
  DocumentParked: Pick<DocumentRecord, 'connectionId' | 'kind' | 'id' | 'number'> & Problem;
  /** A person must approve it; `code` says what it exceeds, `message` with all figures. */
  ApprovalRequested: Pick<
    DocumentRecord,
    'connectionId' | 'kind' | 'id' | 'number' | 'supplier' | 'total' | 'currency'
  > &
    Problem;
  ConnectionBroken: { connectionId: string; name: string } & Problem;
  /** It works again; `code` is what it was broken with. */
  ConnectionRestored: { connectionId: string; name: string; code: string };
}

/** What is wrong and how to fix it, as core/codes.ts has it. */
interface Problem {
  code: Code;
  message: string;
  fix: string;
}

export interface EventBus {
  /** Throws when EventBridge does not take the event. */
  publish<Type extends keyof DomainEvents>(detailType: Type, detail: DomainEvents[Type]): Promise<void>;
}

export function openEventBus(client: EventBridgeClient, busName: string): EventBus {
  return {
    async publish(detailType, detail) {
      const { FailedEntryCount = 0, Entries = [] } = await client.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: busName,
              Source: 'ml-connector',
              DetailType: detailType,
              Detail: JSON.stringify(detail),
            },
          ],
        }),
      );
      if (FailedEntryCount === 0) return;
      const { ErrorCode, ErrorMessage } = Entries[0] ?? {};
      throw new Error(`EventBridge did not take ${detailType}: ${ErrorCode} ${ErrorMessage}`);
    },
  };
}
