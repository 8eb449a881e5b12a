import type { AppProps } from 'aws-cdk-lib';
import { App, Validations } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { deploymentOptions } from './deployment-options.ts';
import { MlConnectorStack } from './ml-connector-stack.ts';

/** The CDK app. Synthesising it throws when a finding of cdk-nag is neither fixed nor acknowledged with its reason. */
export function connectorApp(props: AppProps = {}): App {
  // aws-cdk-lib is pinned, so what it recommends changes with an upgrade only, and the snapshot of the template shows how.
  const app = new App({ ...props, context: { ...CURRENTLY_RECOMMENDED_FLAGS, ...props.context } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new MlConnectorStack(app, 'MlConnector', deploymentOptions(app.node));
  return app;
}
