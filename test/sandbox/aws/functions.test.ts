import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFunctions } from '../../../lib/sandbox/aws/function-settings.ts';
import type { Functions } from '../../../lib/sandbox/aws/functions.ts';
import { startFunctions } from '../../../lib/sandbox/aws/functions.ts';
import { localNames } from '../../../lib/sandbox/aws/local-names.ts';
import { resolver } from '../../../lib/sandbox/aws/resolve.ts';
import { readTemplate } from '../../../lib/sandbox/aws/template.ts';
import { ref, writeStack } from './stack-fixture.ts';

const stack = writeStack({
  resources: { Table: { Type: 'AWS::DynamoDB::Table' } },
  functions: {
    Worker: {
      properties: {
        FunctionName: 'worker',
        Timeout: 1,
        Environment: { Variables: { TABLE_NAME: ref('Table'), XERO_API_URL: 'https://api.xero.com' } },
      },
      code: `
        let calls = 0;
        export const handler = async (event, context) => {
          calls += 1;
          switch (event.do) {
            case 'environment': return process.env;
            case 'context': return { ...context, left: context.getRemainingTimeInMillis() };
            case 'count': return calls;
            case 'nothing': return undefined;
            case 'throw': throw new TypeError('no such order');
            case 'reject later': setTimeout(() => { throw new Error('out of nowhere') }, 5); return await new Promise(() => {});
            case 'exit': process.exit(3);
            case 'hang': return await new Promise(() => {});
            case 'spin': for (;;);
            case 'print': console.log('to stdout'); console.error('to stderr'); return 1;
            case 'pause': await new Promise((done) => setTimeout(done, 30)); return calls;
          }
        }`,
    },
    Broken: { code: 'throw new Error("cannot start")' },
    Nameless: { code: 'export const other = 1' },
    Single: {
      properties: { ReservedConcurrentExecutions: 1 },
      code: 'let calls = 0; export const handler = async () => (calls += 1)',
    },
  },
});
const lines: string[] = [];
let functions: Functions;

beforeAll(() => {
  process.env.SECRET_OF_PARENT = 'x';
  const template = readTemplate(stack.templateFile);
  const resolve = resolver(localNames(template, { sqs: '', apis: {}, functionUrls: {} }));
  const settings = readFunctions(template, resolve, {
    endpoints: () => ({ AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1' }),
    overrides: { XERO_API_URL: 'http://127.0.0.1:2', PROCORE_API_URL: 'http://127.0.0.1:3' },
    concurrency: 3,
  });
  functions = startFunctions(settings, (name, line) => lines.push(`${name} ${line}`));
});
afterAll(async () => {
  await functions.close();
  stack.remove();
});

const call = (what: string) => functions.invoke('worker', { do: what });
const payload = async (what: string) => {
  const result = await call(what);
  if (!result.ok) throw new Error(result.error.errorMessage);
  return result.payload;
};

describe('functions in workers', () => {
  it("see their own environment, Lambda's and nothing of the parent's", async () => {
    const environment = (await payload('environment')) as Record<string, string>;
    expect(environment).toMatchObject({
      TABLE_NAME: 'Table',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'worker',
      AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1',
      AWS_ACCESS_KEY_ID: 'local',
    });
    for (const foreign of ['SECRET_OF_PARENT', 'PATH', 'HOME', 'NODE_OPTIONS']) {
      expect(environment).not.toHaveProperty(foreign);
    }
  });

  it('have a value overridden only where they declare its name', async () => {
    const environment = (await payload('environment')) as Record<string, string>;
    expect(environment.XERO_API_URL).toBe('http://127.0.0.1:2');
    expect(environment).not.toHaveProperty('PROCORE_API_URL');
  });

  it('are told who they are and how much time is left', async () => {
    const context = (await payload('context')) as Record<string, unknown>;
    expect(context).toMatchObject({
      functionName: 'worker',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:worker',
      memoryLimitInMB: '128',
    });
    expect(context.awsRequestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(context.left).toBeGreaterThan(0);
    expect(context.left).toBeLessThanOrEqual(1000);
  });

  it('keep an environment for the next event, and answer null where nothing is returned', async () => {
    const first = (await payload('count')) as number;
    expect(await payload('count')).toBe(first + 1);
    expect(await payload('nothing')).toBeNull();
  });

  it('report what they throw by type and message', async () => {
    expect(await call('throw')).toMatchObject({
      ok: false,
      error: {
        errorType: 'TypeError',
        errorMessage: 'no such order',
        stackTrace: expect.arrayContaining([expect.stringContaining('index.mjs')]),
      },
    });
    expect(lines).toContain('worker TypeError: no such order');
  });

  it.each([
    ['exit', 'Runtime.ExitError', 'exited with code 3'],
    ['reject later', 'Runtime.UnhandledError', 'out of nowhere'],
  ])(
    'that crash by %s fail their invocation, and the next event finds a new one',
    async (what, type, text) => {
      const crashed = await call(what);
      expect(crashed).toMatchObject({ ok: false, error: { errorType: type } });
      expect(JSON.stringify(crashed)).toContain(text);
      expect((await call('nothing')).ok).toBe(true);
    },
  );

  it.each(['hang', 'spin'])('that %s are ended at their timeout', async (what) => {
    expect(await call(what)).toMatchObject({
      ok: false,
      error: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/),
      },
    });
    expect((await call('nothing')).ok).toBe(true);
  });

  it('die at once when killed in the middle of an event, which then counts as failed', async () => {
    await functions.kill('worker');
    expect(await payload('count')).toBe(1);
    const hanging = call('hang');
    await functions.kill('Worker');
    expect(await hanging).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });
    expect(await payload('count')).toBe(1);
  });

  it('handle one event at a time each, in more environments up to the concurrency', async () => {
    await functions.kill('worker');
    const counts = await Promise.all(Array.from({ length: 7 }, () => payload('pause')));
    expect(counts.filter((count) => count === 1)).toHaveLength(3);
    expect(functions.running()).toBe(0);
  });

  it('line up behind a single environment', async () => {
    const results = await Promise.all([1, 2, 3].map(() => functions.invoke('Single', {})));
    expect(results.map((result) => result.ok && result.payload)).toEqual([1, 2, 3]);
  });

  it('have what they print handed on by line', async () => {
    await call('print');
    await call('pause');
    expect(lines).toEqual(expect.arrayContaining(['worker to stdout', 'worker to stderr']));
  });

  it.each([
    ['Broken', 'cannot start'],
    ['Nameless', 'index.handler is undefined or not exported'],
  ])('that cannot be loaded fail with the reason: %s', async (name, reason) => {
    expect(await functions.invoke(name, {})).toMatchObject({ ok: false, error: { errorMessage: reason } });
  });

  it('are an error where there is none of the name', async () => {
    await expect(functions.invoke('nobody', {})).rejects.toThrow('There is no function nobody');
  });
});
