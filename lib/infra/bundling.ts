import { fileURLToPath } from 'node:url';
import type { BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogLevel, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

/** Absolute path of a file of this project. */
export const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Nothing is left to the runtime, not even its SDK: every place runs the versions that were tested. */
export const wholeBundle: BundlingOptions = {
  externalModules: [],
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: false,
  sourceMap: false,
  logLevel: LogLevel.WARNING,
};

/** Code that only costs size and cold start in Lambda, and what stands in its place and says why. */
export const replacements: Record<string, string> = {
  '@aws-sdk/credential-provider-node': root('lib/aws/lambda-credentials.ts'),
  'node:http': root('lib/aws/lambda-http.ts'),
  '@aws-sdk/endpoint-cache': root('lib/aws/lambda-endpoint-cache.ts'),
  diacritics: root('lib/aws/lambda-diacritics.ts'),
  '@smithy/core/event-streams': root('lib/aws/lambda-event-streams.ts'),
};

/** How the functions are bundled. */
export const leanBundle: BundlingOptions = {
  ...wholeBundle,
  esbuildArgs: Object.fromEntries(
    Object.entries(replacements).map(([module, path]) => [`--alias:${module}`, path]),
  ),
};
