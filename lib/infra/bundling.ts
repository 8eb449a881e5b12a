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

/** The same without the code that looks for credentials where a function never has them. */
export const leanBundle: BundlingOptions = {
  ...wholeBundle,
  esbuildArgs: { '--alias:@aws-sdk/credential-provider-node': root('lib/aws/lambda-credentials.ts') },
};
