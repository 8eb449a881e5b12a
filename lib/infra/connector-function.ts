import { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { leanBundle, root } from './bundling.ts';
import type { OperatorAlarms } from './operator-alarms.ts';

export interface ConnectorFunctionProps {
  /** Folder below functions/, also the word of its alarm and log lines. */
  name: string;
  description: string;
  environment: Record<string, string>;
  /** At most this long; the reason stands where it is chosen. */
  timeout: Duration;
  /** MB. Lambda gives CPU in proportion: 1,769 MB is one core. */
  memorySize?: number;
  /** Encrypts the log. */
  key: IKey;
  alarms: OperatorAlarms;
  /** In plain words: what people miss while this function fails. */
  errorImpact: string;
  /** Failures within five minutes that are worth waking somebody for. */
  errorsToAlarm?: number;
}

/** A function of functions/, bundled, with a log of its own and a role that may write that log and nothing else. */
export class ConnectorFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: ConnectorFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      encryptionKey: props.key,
      retention: RetentionDays.SIX_MONTHS,
    });
    const role = new Role(scope, `${id}Role`, {
      description: `ml-connector: ${props.name}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      description: props.description,
      entry: root(`functions/${props.name}/handler.ts`),
      depsLockFilePath: root('package-lock.json'),
      projectRoot: root(''),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout,
      environment: props.environment,
      awsSdkConnectionReuse: false, // A variable that only version 2 of the SDK reads.
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      bundling: leanBundle,
    });
    this.alarmOnErrors(props);
  }

  private alarmOnErrors({ name, alarms, errorImpact, errorsToAlarm = 1 }: ConnectorFunctionProps): void {
    alarms.add(`${name}-errors`, {
      metric: this.metricErrors({ period: Duration.minutes(5) }),
      threshold: errorsToAlarm,
      errorImpact,
    });
    alarms.watchThrottles(this);
  }
}
