import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Loopback } from '../support/loopback.ts';
import { startLoopback } from '../support/loopback.ts';
import type { TestRun } from './local-run.ts';
import { startTestRun } from './local-run.ts';

const CLI = fileURLToPath(new URL('../../bin/cli.ts', import.meta.url));

let run: TestRun;
let cloudFormation: Loopback;

beforeAll(async () => {
  run = await startTestRun();
  cloudFormation = await startLoopback(({ body }) => ({
    headers: { 'content-type': 'text/xml' },
    ...(body.includes('StackName=MlConnector')
      ? { body: describeStacks(run.outputs) }
      : { status: 400, body: unknownStack() }),
  }));
});
afterAll(async () => {
  await Promise.all([run.close(), cloudFormation.close()]);
});

/** The command line as a process of its own, with nothing of ours in its environment but what is given. */
function start(argv: string[], environment: Record<string, string> = {}) {
  const { PATH = '' } = process.env;
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [CLI, ...argv], { env: { PATH, ...environment } }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

describe('the command line as a process', () => {
  it('finds the local run, prints data alone on standard output, and ends', async () => {
    const { code, stdout } = await start(['doctor', '--json', '--port', String(run.port)]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)[0]).toMatchObject({ check: 'connections', code: 'connection-missing' });
  });

  it('finds a deployed stack by its outputs', async () => {
    const environment = {
      ...run.awsEnvironment,
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.url,
    };
    const { code, stdout } = await start(['documents', '--stack', 'MlConnector', '--json'], environment);
    expect([code, JSON.parse(stdout).error.code]).toEqual([1, 'connection-missing']);
    const unknown = await start(['documents', '--stack', 'Nothing', '--json'], environment);
    expect([unknown.code, JSON.parse(unknown.stdout).error]).toEqual([
      1,
      expect.objectContaining({
        code: 'stack-unreadable',
        message: expect.stringContaining('does not exist'),
      }),
    ]);
  });
});

function describeStacks(outputs: Record<string, string>): string {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>MlConnector</StackName>
    <Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}

function unknownStack(): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code>
    <Message>Stack with id Nothing does not exist</Message></Error></ErrorResponse>`;
}
