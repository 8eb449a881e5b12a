import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import { REGION } from './identity.ts';

/** The event that Lambda hands to a function for a batch of messages. */
export function toSqsEvent(messages: Message[], queueArn: string): object {
  return { Records: messages.map((message) => toRecord(message, queueArn)) };
}

/**
 * The messages that a function reported as failed. Undefined where the answer is not what Lambda understands:
 * the whole batch then counts as failed.
 */
export function reportedFailures(payload: unknown, messages: Message[]): Set<string> | undefined {
  if (payload === null || payload === undefined) return new Set();
  if (typeof payload !== 'object' || Array.isArray(payload)) return undefined;
  const items = (payload as { batchItemFailures?: unknown }).batchItemFailures ?? [];
  if (!Array.isArray(items)) return undefined;
  const known = new Set(messages.map((message) => message.MessageId));
  const ids = items.map((item) => (item as { itemIdentifier?: string } | null)?.itemIdentifier);
  return ids.every((id) => known.has(id)) ? new Set(ids as string[]) : undefined;
}

function toRecord(message: Message, queueArn: string) {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, toAttribute(value)]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: REGION,
  };
}

function toAttribute({ StringValue, BinaryValue, DataType }: MessageAttributeValue) {
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
