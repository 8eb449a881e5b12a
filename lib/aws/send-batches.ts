import type { SQSClient } from '@aws-sdk/client-sqs';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';

const BATCH = 10;

/** All bodies of a call together, in bytes: what SQS takes at least, everywhere. */
const BATCH_BYTES = 256 * 1024;

const ATTEMPTS = 3;

/** The longest that SQS hides a new message. */
export const LONGEST_DELAY_SECONDS = 900;

interface Message {
  body: string;
  /** Whose it is: the connection's id. */
  group: string;
}

/**
 * Sends all changes to an SQS queue, up to 10 to a call. What SQS refuses singly is sent again; throws naming how many of
 * `what` it never took. `delaySeconds` hides them for a while, at most 900. Those of a busy connection do not make
 * others wait (SQS: fair queues).
 */
export async function sendBatches(
  client: SQSClient,
  url: string,
  changes: { connectionId: string }[],
  what: string,
  delaySeconds?: number,
): Promise<void> {
  const messages = changes.map((change) => ({ body: JSON.stringify(change), group: change.connectionId }));
  const DelaySeconds = delaySeconds && Math.min(delaySeconds, LONGEST_DELAY_SECONDS);

  /** Returns the reasons of those that SQS still refused at the last attempt. */
  async function sendBatch(batch: Message[], attempt = 1): Promise<string[]> {
    const Entries = batch.map(({ body, group }, index) => ({
      Id: String(index),
      MessageBody: body,
      MessageGroupId: group,
      ...(DelaySeconds !== undefined && { DelaySeconds }),
    }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    if (Failed.length === 0) return [];
    if (attempt === ATTEMPTS) return Failed.map(({ Code = 'no reason given' }) => Code);
    const refused = Failed.map(({ Id }) => batch[Number(Id)]!);
    return sendBatch(refused, attempt + 1);
  }

  const refusals = (await Promise.all(batchesOf(messages).map((batch) => sendBatch(batch)))).flat();
  if (refusals.length > 0) {
    const reasons = [...new Set(refusals)].join(', ');
    throw new Error(`SQS did not take ${refusals.length} of ${messages.length} ${what}: ${reasons}`);
  }
}

function batchesOf(messages: Message[]): Message[][] {
  const batches: Message[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.body);
    const batch = batches.at(-1);
    if (batch && batch.length < BATCH && bytes + size <= BATCH_BYTES) {
      batch.push(message);
      bytes += size;
    } else {
      batches.push([message]);
      bytes = size;
    }
  }
  return batches;
}
