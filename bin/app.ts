import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { deploymentOptions } from '../lib/infra/deployment-options.ts';
import { MlConnectorStack } from '../lib/infra/ml-connector-stack.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
new MlConnectorStack(app, 'MlConnector', deploymentOptions(app.node));
