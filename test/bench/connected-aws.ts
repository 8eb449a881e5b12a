import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { openVault } from '../../lib/aws/vault.ts';
import { addToDirectory } from '../../lib/flows/webhook/webhook-directory.ts';
import { readFunctions } from '../../lib/sandbox/aws/function-settings.ts';
import { clientOptions } from '../../lib/sandbox/aws/identity.ts';
import { localNames } from '../../lib/sandbox/aws/local-names.ts';
import { endpointVariables, startServices } from '../../lib/sandbox/aws/local-services.ts';
import { resolver } from '../../lib/sandbox/aws/resolve.ts';
import type { Template } from '../../lib/sandbox/aws/template.ts';
import { resourcesOf } from '../../lib/sandbox/aws/template.ts';
import { openWebhookDirectory } from '../../lib/store/webhook-directory.ts';
import { CONNECTED } from './webhook-delivery.ts';

const untold = { event: () => {}, mail: () => {} };

/** The services of the stack on this machine, with one connection in the webhook directory and no function running. */
export async function startConnectedAws(template: Template, running: AsyncDisposableStack) {
  const nowhere = (type: string) =>
    Object.fromEntries(resourcesOf(template, type).map(([id]) => [id, 'https://bench.example.com']));
  const urls = {
    sqs: '',
    apis: nowhere('AWS::ApiGatewayV2::Api'),
    functionUrls: nowhere('AWS::Lambda::Url'),
  };
  const resolve = resolver(localNames(template, urls));
  const { endpoints } = await startServices(template, resolve, urls, undefined, untold, running);
  const functions = readFunctions(template, resolve, {
    endpoints: () => endpointVariables(endpoints),
    overrides: {},
    concurrency: 1,
  });
  /** All that xero-webhook finds in its process.env. */
  const environment = functions.find(({ name }) => name === 'XeroWebhook')!.environment();
  const dynamodb = new DynamoDBClient({ ...clientOptions, endpoint: endpoints.dynamodb });
  const kms = new KMSClient({ ...clientOptions, endpoint: endpoints.kms });
  running.defer(() => {
    dynamodb.destroy();
    kms.destroy();
  });
  const sealing = {
    directory: openWebhookDirectory(dynamodb, environment.TABLE_NAME!),
    vault: openVault(kms, environment.KEY_ID!),
  };
  await addToDirectory(sealing, CONNECTED);
  /** What each function finds in its own. */
  const environments = Object.fromEntries(
    functions.map(({ logicalId, environment: own }) => [logicalId.slice(0, -8), own()]),
  );
  return { environment, environments, sealing };
}
