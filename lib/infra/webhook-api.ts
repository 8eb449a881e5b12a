import { Duration, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import type { HttpRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { OperatorAlarms } from './operator-alarms.ts';

export interface WebhookApiProps {
  key: IKey;
  alarms: OperatorAlarms;
  /** In plain words: whom it hurts when webhooks are answered with 5xx. */
  errorImpact: string;
}

/** The public door for the vendors' webhooks: an HTTP API whose callers prove themselves by signature. */
export class WebhookApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: WebhookApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      description: "ml-connector: the vendors' webhooks",
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
    props.alarms.add('webhook-failures', {
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      errorImpact: props.errorImpact,
    });
  }

  /** Routes POSTs of this path to the function and returns the address to give to the vendor. */
  post(path: string, handler: IFunction): string {
    const integration = new HttpLambdaIntegration('Integration', handler);
    const routes = this.api.addRoutes({ path, methods: [HttpMethod.POST], integration });
    routes.forEach(acknowledgeOpenRoute);
    return `${this.api.apiEndpoint}${path}`;
  }
}

/**
 * Xero puts many events into one request, so an honest sender stays far below this even with every organisation
 * busy and its retries on top; a flood of forged requests is stopped before it takes the account's concurrency.
 * A request turned away here (429) is sent again by Xero.
 */
const FLOOD_LIMIT = { rateLimit: 50, burstLimit: 100 };

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

function acknowledgeOpenRoute(route: HttpRoute): void {
  Validations.of(route).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason:
      'A vendor can present no AWS identity; the function refuses whatever does not carry its signature.',
  });
}
