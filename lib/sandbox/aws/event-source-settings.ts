import { nameOfArn } from './local-names.ts';
import type { Resolve } from './resolve.ts';
import type { Template } from './template.ts';
import { resourcesOf } from './template.ts';

export interface EventSourceSettings {
  queueName: string;
  queueArn: string;
  functionName: string;
  batchSize: number;
  /** How long a batch that is not full yet waits for more. */
  windowSeconds: number;
  /** Whether the function says which messages of a batch failed. */
  reportsFailures: boolean;
  /** Batches that are handled at the same time. */
  concurrency: number;
}

interface MappingProperties {
  BatchSize?: number;
  Enabled?: boolean;
  FilterCriteria?: unknown;
  FunctionResponseTypes?: string[];
  MaximumBatchingWindowInSeconds?: number;
  ScalingConfig?: { MaximumConcurrency?: number };
}

/** The queues of the template that are wired to functions. */
export function readEventSources(
  template: Template,
  resolve: Resolve,
  defaultConcurrency: number,
): EventSourceSettings[] {
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').flatMap(([id, properties]) => {
    const mapping = properties as MappingProperties;
    if (mapping.Enabled === false) return [];
    if (mapping.FilterCriteria) throw new Error(`${id}: filters are not known to the local AWS`);
    const queueArn = String(resolve(properties.EventSourceArn, `${id}.EventSourceArn`));
    if (!queueArn.startsWith('arn:aws:sqs:'))
      throw new Error(`${id}: only queues are known as event sources`);
    return {
      queueName: nameOfArn(queueArn),
      queueArn,
      functionName: nameOfArn(String(resolve(properties.FunctionName, `${id}.FunctionName`))),
      batchSize: mapping.BatchSize ?? 10,
      windowSeconds: mapping.MaximumBatchingWindowInSeconds ?? 0,
      reportsFailures: mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
      concurrency: mapping.ScalingConfig?.MaximumConcurrency ?? defaultConcurrency,
    };
  });
}
