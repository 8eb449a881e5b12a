import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { connectorApp } from '../../lib/infra/connector-app.ts';
import { bundleLimit } from '../support/bundle-limit.ts';
import { outputFolder, resource, templateOf } from './synthesise.ts';

const run = promisify(execFile);
const outdir = outputFolder();
const template = templateOf(connectorApp({ outdir }));
const functions = [
  'XeroWebhook',
  'ProcoreWebhook',
  'Connect',
  'PollXero',
  'SyncDocuments',
  'RefreshTokens',
  'RefreshReferenceData',
  'Approval',
  'RemindApprovers',
];

describe.each(functions)('the bundle of %s', (name) => {
  const { Properties } = resource(template, 'AWS::Lambda::Function', name);
  const [hash] = Properties.Code.S3Key.split('.');
  const bundle = join(outdir, `asset.${hash}`, 'index.mjs');

  const limit = bundleLimit(name);

  it(`is no larger than ${limit} KB`, () => {
    expect(statSync(bundle).size).toBeLessThanOrEqual(limit * 1000);
  });

  it('starts far from node_modules, with nothing but the settings that its deployment gives it', async () => {
    expect(await loaded('({ handler }) => typeof handler')).toBe('function');
  });

  it('never imports node:http, for which Node would load all of undici', () => {
    const imports = readFileSync(bundle, 'utf8').match(/(\bfrom|\bimport\(|\brequire\()"[\w:/]+"/g);
    expect(imports).toContain('from"node:https"');
    expect(imports?.filter((it) => /"(node:)?http"/.test(it))).toEqual([]);
  });

  /** What the function says of the bundle once a process of its own has loaded it. */
  async function loaded(say: string): Promise<string> {
    const settings = Object.fromEntries(
      Object.keys(Properties.Environment.Variables).map((setting) => [setting, 'https://example.com']),
    );
    const program = `import('${bundle}').then(${say}, String).then(console.log)`;
    const { stdout } = await run(process.execPath, ['-e', program], {
      cwd: outdir,
      env: { AWS_REGION: 'us-east-1', ...settings },
    });
    return stdout.trim();
  }
});
