import { readFileSync } from 'node:fs';
import type { AwsUsage } from './carrying/aws-meter.ts';

interface Prices {
  source: string;
  asOf: string;
  lambda: { perMillionRequests: number; perGbSecondArm: number };
  dynamodb: { perMillionReadUnits: number; perMillionWriteUnits: number };
  sqs: { perMillionRequests: number };
  kms: { perTenThousandRequests: number };
  eventbridge: { perMillionEvents: number };
}

/** AWS's price list, as far as the connector is charged by it. */
export const PRICES: Prices = JSON.parse(readFileSync(new URL('aws-prices.json', import.meta.url), 'utf8'));

/** What was used of AWS. */
export interface Bill extends Pick<AwsUsage, 'readUnits' | 'writeUnits' | 'sqs' | 'kms' | 'events'> {
  invocations: number;
  gbSeconds: number;
}

/** Dollars by service. A reckoning of fractions of a cent, so in floating point. */
export function costOf(bill: Bill, prices = PRICES): Record<string, number> {
  const million = 1_000_000;
  return {
    'Lambda time': bill.gbSeconds * prices.lambda.perGbSecondArm,
    'Lambda requests': (bill.invocations / million) * prices.lambda.perMillionRequests,
    'DynamoDB writes': (bill.writeUnits / million) * prices.dynamodb.perMillionWriteUnits,
    'DynamoDB reads': (bill.readUnits / million) * prices.dynamodb.perMillionReadUnits,
    SQS: (bill.sqs / million) * prices.sqs.perMillionRequests,
    KMS: (bill.kms / 10_000) * prices.kms.perTenThousandRequests,
    EventBridge: (bill.events / million) * prices.eventbridge.perMillionEvents,
  };
}
