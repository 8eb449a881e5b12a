import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openAudit } from '../../lib/store/audit.ts';
import { openConnections } from '../../lib/store/connections.ts';
import { openCursors } from '../../lib/store/cursors.ts';
import { openDocuments } from '../../lib/store/documents.ts';
import { openLinks } from '../../lib/store/links.ts';
import { openSecrets } from '../../lib/store/secrets.ts';
import type { Table } from '../../lib/store/table.ts';
import { openTable } from '../../lib/store/table.ts';
import { openTables } from '../../lib/store/tables.ts';
import { openWebhookDirectory } from '../../lib/store/webhook-directory.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';
import { testClock } from '../support/clock.ts';

let aws: TestAws;
let table: Table;
const consistency: unknown[] = [];

beforeAll(async () => {
  aws = await startTestAws();
  table = openTable(aws.dynamodb, aws.tableName);
  aws.dynamodb.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        const reads = commandName === 'GetItemCommand' || commandName === 'QueryCommand';
        if (reads) consistency.push((args.input as { ConsistentRead?: boolean }).ConsistentRead);
        return next(args);
      },
    { step: 'initialize', priority: 'low' },
  );
});
afterAll(() => aws.close());

describe('a read that a decision hangs on', () => {
  // The local database always answers consistently, the real one only when asked to.
  it.each<[string, () => Promise<unknown>]>([
    ['a connection', () => openConnections(table).get('acme')],
    ['all connections', () => openConnections(table).list()],
    ['a secret', () => openSecrets(table).get('acme', 'xero-tokens')],
    ['the webhook directory', () => openWebhookDirectory(aws.dynamodb, aws.tableName).read()],
    ['a document', () => openDocuments(table).get('acme', 'order-1')],
    ['a vendor link', () => openLinks(table).getVendor('acme', 'contact-1')],
    ['the commitments of an order', () => openLinks(table).commitments('acme', 'order-1')],
    ['the audit trail', () => openAudit(table).list('acme', 'order-1')],
    ['a cursor', () => openCursors(table).get('acme')],
    ['a rule table', () => openTables(table, testClock('2026-11-22T03:00:00.000Z')).read('acme', 'projects')],
  ])('asks for consistency: %s', async (_what, read) => {
    consistency.length = 0;
    await read();
    expect(consistency).toEqual([true]);
  });
});
