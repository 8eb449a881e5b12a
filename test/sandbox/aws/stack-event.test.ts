import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';
import { startLocalAws } from '../../../lib/sandbox/aws/local-aws.ts';
import type { StackFixture } from './stack-fixture.ts';
import { arnOf, ref, writeStack } from './stack-fixture.ts';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of cleanUp.splice(0)) await each();
});

const say = (
  word: string,
) => `export const handler = async (event) => console.log('${word} ' + JSON.stringify(
  event.Records?.map(({ body }) => body) ?? event));`;

/** Runs a stack, and gives it with the lines that its functions wrote, in order. */
async function start(fixture: StackFixture) {
  const stack = writeStack(fixture);
  const lines: string[] = [];
  const local = await startLocalAws({
    templateFile: stack.templateFile,
    port: 0,
    schedules: false,
    log: (_, line) => lines.push(line),
  });
  cleanUp.push(local.close, stack.remove);
  return { local, lines };
}

const deployment = (stackId: unknown, target: object, state = 'CREATE_COMPLETE') => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern: {
      source: ['aws.cloudformation'],
      'detail-type': ['CloudFormation Stack Status Change'],
      detail: { 'stack-id': [stackId], 'status-details': { status: [state, 'UPDATE_COMPLETE'] } },
    },
    Targets: [{ Id: 'T', Arn: arnOf('Greet'), ...target }],
  },
});

async function until(done: () => boolean) {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('a stack that is up', () => {
  it('is told once that it was created, as CloudFormation tells it, and nothing of other stacks', async () => {
    const { local, lines } = await start({
      functions: { Greet: { code: say('greeted') } },
      resources: {
        Own: deployment(ref('AWS::StackId'), { Input: '{"job":"deployed"}' }),
        Whole: deployment(ref('AWS::StackId'), {}),
        Other: deployment('arn:aws:cloudformation:us-east-1:000000000000:stack/Other/1', {}),
        Failed: deployment(ref('AWS::StackId'), {}, 'ROLLBACK_COMPLETE'),
      },
      outputs: { StackId: { Value: ref('AWS::StackId') } },
    });
    await until(() => lines.length >= 2);
    await local.waitUntilIdle();
    const events = lines
      .map((line) => JSON.parse(line.replace('greeted ', '')))
      .toSorted((a) => (a.job ? -1 : 1));
    expect(events).toEqual([
      { job: 'deployed' },
      expect.objectContaining({
        source: 'aws.cloudformation',
        resources: [local.outputs.StackId],
        detail: expect.objectContaining({
          'stack-id': expect.stringMatching(
            /^arn:aws:cloudformation:us-east-1:\d{12}:stack\/Test\/[0-9a-f-]{36}$/,
          ),
        }),
      }),
    ]);
  });

  it('is not started where a rule would shape the event in a way that is not known here', async () => {
    const shaped = deployment(ref('AWS::StackId'), { InputTransformer: { InputTemplate: '"<a>"' } });
    const fixture = { functions: { Greet: { code: say('greeted') } }, resources: { Own: shaped } };
    await expect(start(fixture)).rejects.toThrow('InputTransformer are not known');
  });
});

describe('several queues', () => {
  it('feed each its own function, and the stack is idle when all of them are empty', async () => {
    const source = (queue: string, fn: string) => ({
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: arnOf(queue), FunctionName: ref(fn) },
    });
    const { local, lines } = await start({
      functions: { Sync: { code: say('documents') }, Refresh: { code: say('references') } },
      resources: {
        Documents: { Type: 'AWS::SQS::Queue' },
        References: { Type: 'AWS::SQS::Queue' },
        FromDocuments: source('Documents', 'Sync'),
        FromReferences: source('References', 'Refresh'),
      },
      outputs: { Documents: { Value: ref('Documents') }, References: { Value: ref('References') } },
    });
    const sqs = new SQSClient({ ...clientOptions, endpoint: local.endpoints.sqs });
    cleanUp.push(() => sqs.destroy());
    const send = (queue: string, MessageBody: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: local.outputs[queue], MessageBody }));
    await Promise.all([send('Documents', 'bill'), send('References', 'vendors')]);
    await local.waitUntilIdle({ timeoutMilliseconds: 20_000 });
    await until(() => lines.length === 2);
    expect(lines.toSorted()).toEqual(['documents ["bill"]', 'references ["vendors"]']);
  });
});
