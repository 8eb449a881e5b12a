import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectorApp } from '../../lib/infra/connector-app.ts';

/** Synthesises the stack as `npm run synth` does, bundles included, and returns where its template is. */
export function synthesise(): string {
  const outdir = fileURLToPath(new URL('../../cdk.out/', import.meta.url));
  const assembly = connectorApp({ outdir }).synth();
  return join(outdir, assembly.getStackByName('MlConnector').templateFile);
}
