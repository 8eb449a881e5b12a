import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { ReferenceChange } from '../../lib/aws/reference-queue.ts';
import { parseReferenceChange } from '../../lib/aws/reference-queue.ts';
import type { ReferenceData } from '../../lib/flows/reference/reference-data.ts';
import { openReferenceData } from '../../lib/flows/reference/reference-data.ts';
import { refreshReferenceData } from '../../lib/flows/reference/refresh-reference-data.ts';
import { settle } from '../../lib/flows/settle.ts';
import { keepProcoreDirectory } from '../../lib/flows/webhook/procore-directory.ts';
import type { ProcoreWebhookAnswer } from '../../lib/flows/webhook/receive-procore-webhook.ts';
import { receiveProcoreWebhook } from '../../lib/flows/webhook/receive-procore-webhook.ts';
import type { Company } from '../../lib/sandbox/procore/records.ts';
import type { Hook } from '../../lib/sandbox/procore/webhooks/records.ts';
import type { Scene } from './scene.ts';
import { takeAll } from './xero-webhook.ts';

export interface Receiving {
  reference: ReferenceData;
  /** What was answered to each delivery so far. */
  answers: ProcoreWebhookAnswer[];
  /** Takes everything out of the reference queue. */
  taken(): Promise<ReferenceChange[]>;
  /** Delivers what Procore has to tell, to the real receiving flow. */
  deliver(): Promise<void>;
  /** Works off the reference queue as the function would, until it is empty. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** A scene's deployment with a reference queue of its own, and behind an HTTP server the flow that Procore calls. */
export async function receiving({ cloud, clock, demo, deployment }: Scene): Promise<Receiving> {
  const QueueName = `reference-${randomUUID()}`;
  const { QueueUrl } = await cloud.sqs.send(new CreateQueueCommand({ QueueName }));
  const place = { tableName: cloud.tableName, referenceQueueUrl: QueueUrl! };
  const answers: ProcoreWebhookAnswer[] = [];
  const server = createServer(async (request, response) => {
    try {
      const answer = await receiveProcoreWebhook(await buffer(request), request.headers.authorization, door);
      answers.push(answer);
      response.writeHead(answer.status).end();
    } catch {
      // A process that dies answers nothing.
      request.socket.destroy();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/procore`;
  const reference = openReferenceData(deployment, cloud, { ...place, webhookUrl });
  const door = {
    directory: keepProcoreDirectory(reference, clock),
    events: reference.procoreEvents,
    queue: reference.referenceQueue,
    clock,
  };
  const taken = async () => (await takeAll(cloud.sqs, QueueUrl!)) as unknown as ReferenceChange[];
  return {
    reference,
    answers,
    taken,
    deliver: () => demo.procore.webhooks.settle(),
    async refresh() {
      for (let changes = await taken(); changes.length > 0; changes = await taken()) {
        const messages = changes.map((change) => ({ id: randomUUID(), body: JSON.stringify(change) }));
        const verdicts = await refreshReferenceData(messages, reference);
        await settle(messages, verdicts, (bodies, delaySeconds) =>
          reference.referenceQueue.send(bodies.map(parseReferenceChange), { delaySeconds }),
        );
      }
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** The hooks that stand in the company, the company's own first. */
export function hooksIn({ hooks }: Company): Hook[] {
  return [...hooks.values()].toSorted((a, b) => (a.projectId ?? 0) - (b.projectId ?? 0));
}
