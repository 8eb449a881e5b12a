import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/**
 * The one key of a deployment: table, queues, topic, events, logs and sealed credentials.
 * It outlives the stack, because the table does and would be unreadable without it.
 */
export function connectorKey(scope: Construct): Key {
  const key = new Key(scope, 'Key', {
    description: 'ml-connector: everything at rest, and the sealed credentials',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  key.addToResourcePolicy(logsOfThisAccount(Stack.of(scope)));
  key.addToResourcePolicy(alarmsOfThisAccount(Stack.of(scope)));
  key.addToResourcePolicy(noticesToTopicsOfThisAccount(Stack.of(scope)));
  return key;
}

/** CloudWatch Logs encrypts as itself, naming the log group; the actions are those that its guide asks for. */
function logsOfThisAccount(stack: Stack): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    resources: ['*'],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: '*' }),
      },
    },
  });
}

/** An alarm can only speak to an encrypted topic if CloudWatch may use the topic's key. */
function alarmsOfThisAccount(stack: Stack): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  });
}

/**
 * A rule can only speak to an encrypted topic if EventBridge may use the topic's key. SNS docs: the source's account
 * or ARN is not known to the key here, and a condition on it would stop every notice; the topic's own policy names
 * the rules.
 */
function noticesToTopicsOfThisAccount(stack: Stack): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal('events.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:sns:topicArn': stack.formatArn({ service: 'sns', resource: '*' }),
      },
    },
  });
}
