import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ConnectorFunction } from './connector-function.ts';
import type { OperatorAlarms } from './operator-alarms.ts';
import { consumeMessages } from './permissions.ts';

export interface WorkQueueProps {
  key: IKey;
  alarms: OperatorAlarms;
  /** Names of its alarms, which are also those of their articles. */
  alarmNames: { deadLetters: string; waiting: string };
  workerTimeout: Duration;
  /** In plain words: whom it hurts when messages ended in the dead-letter queue. */
  deadLetterImpact: string;
  /** In plain words: whom it hurts when messages wait too long. */
  waitingImpact: string;
}

/** A queue, its dead-letter queue, and the alarms of both. A worker is attached with `feed`. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const encrypted: QueueProps = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    };
    this.deadLetters = new Queue(this, 'DeadLetters', encrypted);
    this.queue = new Queue(this, 'Queue', {
      ...encrypted,
      // Twice the worker's time: a batch that timed out is not given out again while its writes may still arrive.
      visibilityTimeout: Duration.seconds(2 * props.workerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    this.addAlarms(props);
  }

  /** Feeds the queue to the function in batches of ten; messages that it reports as failed come again alone. */
  feed(worker: ConnectorFunction, maxConcurrency: number): EventSourceMapping {
    consumeMessages(worker, this.queue);
    return new EventSourceMapping(this, 'Worker', {
      target: worker,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency,
    });
  }

  private addAlarms({ alarms, alarmNames, deadLetterImpact, waitingImpact }: WorkQueueProps): void {
    const [period, statistic] = [Duration.minutes(5), 'Maximum'];
    alarms.add(alarmNames.deadLetters, {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic }),
      threshold: 1,
      errorImpact: deadLetterImpact,
    });
    alarms.add(alarmNames.waiting, {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period, statistic }),
      threshold: Duration.minutes(15).toSeconds(),
      errorImpact: waitingImpact,
    });
  }
}
