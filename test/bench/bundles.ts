import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { replacements, root, wholeBundle } from '../../lib/infra/bundling.ts';
import { connectorApp } from '../../lib/infra/connector-app.ts';
import type { Template } from '../../lib/sandbox/aws/template.ts';
import { readTemplate, resourcesOf } from '../../lib/sandbox/aws/template.ts';

export interface Bundles {
  /** The stack as it is deployed. */
  template: Template;
  /** Paths of the bundles, by function. */
  functions: Record<'XeroWebhook' | (string & {}), string>;
  /** The floor with the whole SDK client, as anybody gets it, and with what our bundling leaves out. */
  floor: { whole: string; lean: string };
  /** For further bundles; goes away with this process. */
  folder: string;
}

/** Synthesises the stack and bundles the two floors beside it, in a folder that goes away with this process. */
export function synthesise(): Bundles {
  const folder = mkdtempSync(join(tmpdir(), 'ml-connector-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  const { directory } = connectorApp({ outdir: join(folder, 'cdk.out') }).synth();
  const template = readTemplate(join(directory, 'MlConnector.template.json'));
  return {
    template,
    folder,
    functions: bundlesOf(template),
    floor: {
      whole: bundleFloor(join(folder, 'whole-floor.mjs'), {}),
      lean: bundleFloor(join(folder, 'lean-floor.mjs'), replacements),
    },
  };
}

/** By logical id without the hash that CDK puts behind it. */
function bundlesOf(template: Template): Record<string, string> {
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([id, { Code }]) => {
    const folder = template.assetFolder((Code as { S3Key: string }).S3Key);
    return [id.slice(0, -8), join(folder, 'index.mjs')];
  });
  return Object.fromEntries(functions);
}

/** With the options that NodejsFunction passes on to esbuild for our functions. */
function bundleFloor(outfile: string, alias: Record<string, string>): string {
  const { format, minify, target, mainFields } = wholeBundle;
  buildSync({
    entryPoints: [root('test/bench/floor-handler.ts')],
    outfile,
    alias,
    bundle: true,
    platform: 'node',
    format: format as `${NonNullable<typeof format>}`,
    ...{ minify: minify!, target: target!, mainFields: mainFields! },
    logLevel: 'warning',
  });
  return outfile;
}
