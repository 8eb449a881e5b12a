import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface FunctionFixture {
  /** The body of index.mjs, which must export `handler`. */
  code: string;
  properties?: Record<string, unknown>;
}

export interface StackFixture {
  functions?: Record<string, FunctionFixture>;
  resources?: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
  outputs?: Record<string, { Value: unknown }>;
}

/** Writes a stack as synthesis leaves it: template, asset manifest and asset folders. */
export function writeStack({ functions = {}, resources = {}, outputs = {} }: StackFixture) {
  const folder = mkdtempSync(join(tmpdir(), 'stack-'));
  const files: Record<string, unknown> = {};
  const all: Record<string, unknown> = { ...resources };
  for (const [id, { code, properties }] of Object.entries(functions)) {
    const hash = `hash-of-${id}`;
    mkdirSync(join(folder, `asset.${hash}`));
    writeFileSync(join(folder, `asset.${hash}`, 'index.mjs'), code);
    files[hash] = {
      source: { path: `asset.${hash}`, packaging: 'zip' },
      destinations: { 'current_account-current_region': { objectKey: `${hash}.zip` } },
    };
    const Code = { S3Bucket: 'assets', S3Key: `${hash}.zip` };
    all[id] = {
      Type: 'AWS::Lambda::Function',
      Properties: { Handler: 'index.handler', Code, ...properties },
    };
  }
  const templateFile = join(folder, 'Test.template.json');
  writeFileSync(templateFile, JSON.stringify({ Resources: all, Outputs: outputs }));
  writeFileSync(join(folder, 'Test.assets.json'), JSON.stringify({ files }));
  return { templateFile, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The address of a resource in a template. */
export const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
export const ref = (id: string) => ({ Ref: id });
