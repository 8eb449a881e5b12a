import { CreateKeyCommand, VerifyMacCommand } from '@aws-sdk/client-kms';
import { openLinkSigner } from '../../lib/aws/link-signer.ts';
import type { ApprovalRequest, SightBudget } from '../../lib/core/approval/request.ts';
import { openApprovalDoor } from '../../lib/flows/approval/approval-door.ts';
import { hashOfSecret, linkToken, newSecret } from '../../lib/flows/approval/link.ts';
import { openApproval } from '../../lib/flows/approval/open-approval.ts';
import { parseSettings } from '../../lib/store/connection-schema.ts';
import { openConnections } from '../../lib/store/connections.ts';
import { openTable } from '../../lib/store/table.ts';
import { startTestAws } from '../support/aws.ts';
import type { Bench } from './figures.ts';
import { ratio } from './figures.ts';
import { interleave } from './interleave.ts';

const ROUNDS = { rounds: 200, warmUp: 50 };
const LINES = 40;
const DANA = { name: 'Dana Reyes', email: 'dana@example.com' };
const log = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * What a person waits for at a warm page of forty lines, over the wire to the stand-ins of AWS, against the four calls
 * that it cannot do without: checking the link, and reading the request, the connection and the trail.
 */
export const warmApproval: Bench = async (say) => {
  const aws = await startTestAws();
  try {
    const { KeyMetadata } = await aws.kms.send(
      new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
    );
    const environment = {
      TABLE_NAME: aws.tableName,
      QUEUE_URL: aws.queueUrl,
      APPROVAL_KEY_ID: KeyMetadata!.Arn,
    };
    const door = openApprovalDoor(environment, log, undefined, aws);
    const signer = openLinkSigner(aws.kms, KeyMetadata!.Arn!);
    const secret = newSecret();
    const request = await door.approvals.put(requestWith(secret));
    await openConnections(openTable(aws.dynamodb, aws.tableName)).create(connection());
    for (let entry = 0; entry < 5; entry++) {
      const at = new Date().toISOString();
      await door.audit.append(request.connectionId, request.documentId, { at, event: 'flagged', detail: {} });
    }
    const { connectionId, documentId, id: requestId } = request;
    const token = await linkToken({ connectionId, documentId, requestId, secret }, signer);
    const { status } = await openApproval(token, door);
    if (status !== 200) throw new Error(`the page answered ${status}`);

    const [payload, mac] = token.split('.');
    const verify = new VerifyMacCommand({
      KeyId: KeyMetadata!.Arn,
      MacAlgorithm: 'HMAC_SHA_256',
      Message: Buffer.from(`ml-connector approval link ${payload}`),
      Mac: Buffer.from(mac!, 'base64url'),
    });
    const time = await interleave(
      {
        page: timed(() => openApproval(token, door)),
        floor: timed(async () => {
          await aws.kms.send(verify);
          await door.approvals.get(connectionId, documentId);
          await door.connections.get(connectionId);
          await door.audit.list(connectionId, documentId);
        }),
      },
      { ...ROUNDS, say },
    );
    return [
      {
        what: 'approval page warm, 40 lines ÷ its four calls to AWS',
        value: ratio(time.page, time.floor),
        unit: '×',
        atMost: 1.5,
        madeOf: `${time.page.toFixed(1)} ms ÷ ${time.floor.toFixed(1)} ms, medians of ${ROUNDS.rounds}`,
      },
    ];
  } finally {
    await aws.close();
  }
};

function timed(work: () => Promise<unknown>): () => Promise<number> {
  return async () => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
}

function connection() {
  return {
    id: 'bench',
    name: 'Bench',
    state: 'live' as const,
    xero: { grant: 'refresh_token' as const, clientId: 'x', organisation: 'Bench', currency: 'USD' },
    procore: { clientId: 'p', companyId: '1' },
    settings: parseSettings({ approvers: [DANA] }, '2026-11-22'),
    createdAt: '2026-11-22T09:00:00.000Z',
  };
}

function requestWith(secret: string): ApprovalRequest {
  const lines = Array.from({ length: LINES }, (_, index) => ({
    project: 'Riverside',
    code: '01-540.E',
    description: `Scissor lift 26 ft, week ${index + 1}`,
    amount: '412.50',
  }));
  const budget: SightBudget = {
    scope: 'project',
    project: 'Riverside',
    name: 'Riverside',
    revised: '34400.00',
    committed: '28400.00',
    direct: '0.00',
    earlier: '0.00',
    own: '0.00',
    amount: '16500.00',
    remaining: '6000.00',
    over: '10500.00',
    watched: true,
  };
  const writes = [
    { step: 'write-lines', project: 'Riverside', does: 'write these lines', lines, total: '16500.00' },
  ];
  return {
    id: newSecret(),
    connectionId: 'bench',
    documentId: 'd69fb31d-097e-45e2-8c95-03f854c16ffb',
    kind: 'purchase-order',
    number: 'PO-1242',
    supplier: 'Capitol Equipment Rentals, Inc.',
    version: '2026-11-22T09:00:00.000Z',
    planHash: 'hash',
    amount: '16500.00',
    currency: 'USD',
    projects: [{ id: '7', name: 'Riverside' }],
    arrivedAt: '2026-11-22T09:00:00.000Z',
    askedAt: '2026-11-22T09:00:00.000Z',
    state: 'open',
    approvalsNeeded: 1,
    decisions: [],
    asked: [{ ...DANA, links: [{ hash: hashOfSecret(secret), until: '2999-01-01T00:00:00.000Z' }] }],
    sight: { lines, moreLines: 0, budgets: [budget], writes },
  };
}
