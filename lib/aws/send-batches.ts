import type { SQSClient } from '@aws-sdk/client-sqs';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';

const BATCH = 10;

/** All bodies of a call together, in bytes: what SQS takes at least, everywhere. */
const BATCH_BYTES = 256 * 1024;

const ATTEMPTS = 3;

/**
 * Sends all bodies to an SQS queue, up to 10 to a call. What SQS refuses singly is sent again; throws naming how many of
 * `what` it never took. `delaySeconds` (at most 900) hides them for a while.
 */
export async function sendBatches(
  client: SQSClient,
  url: string,
  bodies: string[],
  what: string,
  delaySeconds?: number,
): Promise<void> {
  /** Returns the reasons of those that SQS still refused at the last attempt. */
  async function sendBatch(batch: string[], attempt = 1): Promise<string[]> {
    const Entries = batch.map((MessageBody, index) => ({
      Id: String(index),
      MessageBody,
      ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
    }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    if (Failed.length === 0) return [];
    if (attempt === ATTEMPTS) return Failed.map(({ Code = 'no reason given' }) => Code);
    const refused = Failed.map(({ Id }) => batch[Number(Id)]!);
    return sendBatch(refused, attempt + 1);
  }

  const refusals = (await Promise.all(batchesOf(bodies).map((batch) => sendBatch(batch)))).flat();
  if (refusals.length > 0) {
    const reasons = [...new Set(refusals)].join(', ');
    throw new Error(`SQS did not take ${refusals.length} of ${bodies.length} ${what}: ${reasons}`);
  }
}

function batchesOf(bodies: string[]): string[][] {
  const batches: string[][] = [];
  let bytes = 0;
  for (const body of bodies) {
    const size = Buffer.byteLength(body);
    const batch = batches.at(-1);
    if (batch && batch.length < BATCH && bytes + size <= BATCH_BYTES) {
      batch.push(body);
      bytes += size;
    } else {
      batches.push([body]);
      bytes = size;
    }
  }
  return batches;
}
