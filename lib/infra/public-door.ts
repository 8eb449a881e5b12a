import { Duration, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { OperatorAlarms } from './operator-alarms.ts';

export interface PublicDoorProps {
  key: IKey;
  alarms: OperatorAlarms;
  /** In plain words: whom it hurts when requests are answered with 5xx. */
  errorImpact: string;
}

export interface OpenRoute {
  method: 'GET' | 'POST';
  path: string;
  handler: IFunction;
  /** What stands in for AWS's own authorization: who calls, and how the function knows. */
  whyOpen: string;
}

/** What the world may call: an HTTP API for the vendors' webhooks and for people who consent. */
export class PublicDoor extends Construct {
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: PublicDoorProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      description: "ml-connector: the vendors' webhooks and the pages of consent",
      createDefaultStage: false,
    });
    const log = new LogGroup(this, 'AccessLog', {
      encryptionKey: props.key,
      retention: RetentionDays.SIX_MONTHS,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: FLOOD_LIMIT,
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLine },
    });
    props.alarms.add('public-door-failures', {
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      errorImpact: props.errorImpact,
    });
  }

  get url(): string {
    return this.api.apiEndpoint;
  }

  open({ method, path, handler, whyOpen }: OpenRoute): void {
    const integration = new HttpLambdaIntegration('Integration', handler);
    const routes = this.api.addRoutes({ path, methods: [HttpMethod[method]], integration });
    for (const route of routes) {
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: whyOpen });
    }
  }
}

/**
 * Xero puts many events into one request, so honest senders stay far below this even with every organisation
 * busy and their retries on top; a flood of forged requests is stopped before it takes the account's concurrency.
 * A webhook turned away here (429) is sent again by its vendor.
 */
const FLOOD_LIMIT = { rateLimit: 50, burstLimit: 100 };

/** Without the query, in which consent links and codes travel. */
const accessLine = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTime',
    ip: '$context.identity.sourceIp',
    route: '$context.routeKey',
    status: '$context.status',
    milliseconds: '$context.responseLatency',
    error: '$context.integrationErrorMessage',
  }),
);
