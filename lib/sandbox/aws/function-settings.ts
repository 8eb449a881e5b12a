import { devNull } from 'node:os';
import { REGION } from './identity.ts';
import type { Resolve } from './resolve.ts';
import type { Template } from './template.ts';
import { resourcesOf } from './template.ts';

export interface FunctionSettings {
  logicalId: string;
  name: string;
  /** `<file>.<export>`, as Lambda spells it. */
  handler: string;
  /** Throws where the code is no asset folder. */
  codeFolder(): string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** How many events it handles at the same time at most. */
  concurrency: number;
  /** All that the function finds in process.env; made when an environment starts. */
  environment(): Record<string, string>;
}

export interface FunctionSurroundings {
  /** AWS_ENDPOINT_URL_…: where the stand-ins listen. Asked each time, as some addresses come late. */
  endpoints(): Record<string, string>;
  /** Replaces values that the template gives, in every function that declares the name. */
  overrides: Record<string, string>;
  concurrency: number;
}

interface FunctionProperties {
  Handler: string;
  Code: { S3Key?: unknown };
  Timeout?: number;
  MemorySize?: number;
  ReservedConcurrentExecutions?: number;
  Environment?: { Variables?: Record<string, unknown> };
}

/** The functions of the template as they are to run here. */
export function readFunctions(
  template: Template,
  resolve: Resolve,
  surroundings: FunctionSurroundings,
): FunctionSettings[] {
  return resourcesOf(template, 'AWS::Lambda::Function').map(([logicalId, properties]) => {
    const { Environment, Code, ...plain } = properties as unknown as FunctionProperties;
    const name = String(resolve({ Ref: logicalId }, logicalId));
    const settings = {
      logicalId,
      name,
      handler: plain.Handler,
      timeoutSeconds: Number(plain.Timeout ?? 3),
      memoryMegabytes: Number(plain.MemorySize ?? 128),
      concurrency: Number(plain.ReservedConcurrentExecutions ?? surroundings.concurrency),
      codeFolder() {
        if (Code?.S3Key === undefined)
          throw new Error(`${logicalId}: only code from an asset folder is run here`);
        return template.assetFolder(String(resolve(Code.S3Key, `${logicalId}.Code.S3Key`)));
      },
    };
    const environment = () => {
      const own = resolve(Environment?.Variables ?? {}, `${logicalId}.Environment`) as Record<string, string>;
      return {
        ...platform(settings),
        ...surroundings.endpoints(),
        ...overridden(own, surroundings.overrides),
      };
    };
    return { ...settings, environment };
  });
}

function overridden(own: Record<string, string>, overrides: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(own).map(([name, value]) => [name, String(overrides[name] ?? value)]),
  );
}

/** What Lambda itself sets, and nothing of this machine: no profile, no shared AWS configuration. */
function platform(settings: { name: string; handler: string; memoryMegabytes: number }) {
  return {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    _HANDLER: settings.handler,
  };
}
