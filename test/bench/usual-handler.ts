import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** A queue's function as it is usually built: Xero's own SDK, axios for Procore, the SDK's client for the queue. */
const SOURCE = `
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import axios from 'axios';
import { XeroClient } from 'xero-node';

const sqs = new SQSClient();
const xero = new XeroClient({ clientId: 'x', clientSecret: 'y', grantType: 'client_credentials' });
const procore = axios.create({ baseURL: 'https://api.procore.com' });

export async function handler(event) {
  if (!xero.accountingApi || !procore.defaults.baseURL) throw new Error('not loaded');
  const Entries = [{ Id: '0', MessageBody: event.body ?? '' }];
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: process.env.QUEUE_URL, Entries }));
  return { statusCode: 200, body: '' };
}
`;

/**
 * The usual handler in one file, and as it is without bundling: its packages beside it. `modules` is a folder with
 * node_modules of xero-node, axios and @aws-sdk/client-sqs, which this project does not depend on.
 */
export function buildUsual(modules: string, folder: string): { bundled: string; unbundled: string } {
  const plain = join(folder, 'usual');
  mkdirSync(plain, { recursive: true });
  symlinkSync(join(modules, 'node_modules'), join(plain, 'node_modules'));
  const options = {
    stdin: { contents: SOURCE, resolveDir: modules, loader: 'js' as const },
    platform: 'node' as const,
    target: 'node24',
    logLevel: 'error' as const,
  };
  const bundled = join(folder, 'usual.cjs');
  buildSync({ ...options, outfile: bundled, bundle: true, minify: true, format: 'cjs' });
  const unbundled = join(plain, 'index.mjs');
  buildSync({ ...options, outfile: unbundled, format: 'esm' });
  return { bundled, unbundled };
}
