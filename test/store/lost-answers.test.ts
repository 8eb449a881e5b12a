import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openAudit, verify } from '../../lib/store/audit.ts';
import { openLeases } from '../../lib/store/leases.ts';
import { openLinks } from '../../lib/store/links.ts';
import { openSecrets } from '../../lib/store/secrets.ts';
import { openTable } from '../../lib/store/table.ts';
import { openWebhookDirectory } from '../../lib/store/webhook-directory.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';
import { testClock } from '../support/clock.ts';

let aws: TestAws;
let client: DynamoDBClient;
let losses = 0;

/** Every first answer to a write is lost after DynamoDB has carried the write out; the SDK then repeats it. */
beforeAll(async () => {
  aws = await startTestAws();
  const { endpoint, credentials } = aws.dynamodb.config;
  client = new DynamoDBClient({ region: 'us-east-1', endpoint: endpoint!, credentials });
  const seen = new Set<string>();
  client.middlewareStack.add(
    (next) => async (args) => {
      const output = await next(args);
      const { headers, body } = args.request as { headers: Record<string, string>; body: string };
      const write = headers['x-amz-target']?.endsWith('PutItem') && !seen.has(body);
      if (!write) return output;
      seen.add(body);
      losses++;
      throw Object.assign(new Error('connection lost'), { name: 'TimeoutError' });
    },
    { step: 'deserialize', priority: 'low' },
  );
});
afterAll(async () => {
  client.destroy();
  await aws.close();
});

const at = '2026-11-22T03:00:00.000Z';

describe('a write whose answer is lost, repeated by the SDK', () => {
  it('takes a lease for the worker that asked for it', async () => {
    const leases = openLeases(openTable(client, aws.tableName), testClock(at));
    expect(await leases.acquire('lost', 'worker', 30)).toBeDefined();
    expect(losses).toBe(1);
  });

  it('stores a rotated token without taking itself for a rival', async () => {
    const secrets = openSecrets(openTable(client, aws.tableName));
    const first = await secrets.put('acme', 'token', Uint8Array.of(1), { expectedRevision: 0 });
    expect(await secrets.put('acme', 'token', Uint8Array.of(2), { expectedRevision: first })).toBe(2);
  });

  it('stores a link without taking itself for a rival', async () => {
    const links = openLinks(openTable(client, aws.tableName));
    const link = { contactId: 'c', vendorId: '1', origin: 'created', projectIds: [] } as const;
    expect(await links.putVendor('acme', { ...link, projectIds: [] })).toMatchObject({ revision: 1 });
  });

  it('appends one audit entry, not two', async () => {
    const audit = openAudit(openTable(client, aws.tableName));
    await audit.append('acme', 'order', { at, event: 'received', detail: {} });
    const entries = await audit.list('acme', 'order');
    expect(entries).toHaveLength(1);
    expect(verify(entries)).toBeUndefined();
  });

  it('writes the webhook directory', async () => {
    const directory = openWebhookDirectory(client, aws.tableName);
    expect(await directory.write({ sealed: Uint8Array.of(1), tenants: {} }, 0)).toBe(1);
  });
});
