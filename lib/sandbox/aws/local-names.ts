import { createHash } from 'node:crypto';
import { ACCOUNT, REGION } from './identity.ts';
import type { Names } from './resolve.ts';
import { NO_VALUE, resolver } from './resolve.ts';
import type { Template } from './template.ts';

/** Addresses that are only known once the parts are running. */
export interface LocalUrls {
  /** Where SQS listens. */
  sqs: string;
  /** By logical id of the HTTP API. */
  apis: Record<string, string>;
  /** By logical id of the AWS::Lambda::Url. */
  functionUrls: Record<string, string>;
}

/** What Ref and GetAtt give for each resource of the template, in the local run. */
export function localNames(template: Template, urls: LocalUrls): Names {
  const names: Names = {
    ref(name) {
      if (name in PSEUDO) return PSEUDO[name];
      if (name === 'AWS::StackName') return template.stackName;
      if (name === 'AWS::StackId') return stackId(template);
      if (name in template.parameters) return parameter(template, name);
      return described(name).ref;
    },
    attribute(logicalId, attribute) {
      const value = described(logicalId).attributes[attribute];
      if (value === undefined) {
        throw new Error(`the local AWS has no ${attribute} of ${logicalId} (${typeOf(template, logicalId)})`);
      }
      return value;
    },
    rewrite: (text) =>
      text.replace(
        /https:\/\/(\w+)\.execute-api\.[\w-]+\.amazonaws\.com/g,
        (whole, id) => urls.apis[id] ?? whole,
      ),
  };
  const resolve = resolver(names);
  const described = (id: string) => {
    const type = typeOf(template, id);
    const describe = KINDS[type];
    if (!describe) throw new Error(`the local AWS has no value for ${id} (${type})`);
    const own = template.resources[id]?.Properties?.[NAME_PROPERTY[type] ?? ''];
    return describe(id, own === undefined ? readableName(template, id) : String(resolve(own, id)), urls);
  };
  return names;
}

/** The id of a key of the template: the same in every run. */
export function keyId(logicalId: string): string {
  const hex = createHash('sha256').update(logicalId).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** The ARN by which CloudFormation names the stack: the same in every run. */
export function stackId({ stackName }: Template): string {
  return arn('cloudformation', `stack/${stackName}/${keyId(stackName)}`);
}

/** The last part of an ARN: the resource's name. */
export function nameOfArn(arn: string): string {
  return arn.split(/[:/]/).at(-1)!;
}

/** The logical id without the hash that CDK puts behind it, where that still names only one resource. */
function readableName(template: Template, id: string): string {
  const bare = withoutHash(id);
  const namesakes = Object.keys(template.resources).filter((other) => withoutHash(other) === bare);
  return namesakes.length > 1 ? id : bare;
}

function withoutHash(id: string): string {
  return id.replace(/(?<=.)[0-9A-F]{8}$/, '');
}

const PSEUDO: Record<string, unknown> = {
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::NoValue': NO_VALUE,
};

const NAME_PROPERTY: Record<string, string> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SNS::Topic': 'TopicName',
};

interface Description {
  ref: string;
  attributes: Record<string, string>;
}

const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
const withArn = (ref: string, value: string): Description => ({ ref, attributes: { Arn: value } });

const table = (_: string, name: string) => withArn(name, arn('dynamodb', `table/${name}`));

const KINDS: Record<string, (id: string, name: string, urls: LocalUrls) => Description> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue'(_, name, urls) {
    const url = `${urls.sqs}/${ACCOUNT}/${name}`;
    return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
  },
  'AWS::Lambda::Function': (_, name) => withArn(name, arn('lambda', `function:${name}`)),
  'AWS::Lambda::Url'(id, _, urls) {
    const url = `${urls.functionUrls[id]}/`;
    return { ref: url, attributes: { FunctionUrl: url } };
  },
  'AWS::KMS::Key'(id) {
    const value = arn('kms', `key/${keyId(id)}`);
    return { ref: keyId(id), attributes: { Arn: value, KeyId: keyId(id) } };
  },
  'AWS::KMS::Alias': (_, name) => ({ ref: name, attributes: {} }),
  'AWS::Events::EventBus'(_, name) {
    return { ref: name, attributes: { Arn: arn('events', `event-bus/${name}`), Name: name } };
  },
  'AWS::Events::Rule': (_, name) => withArn(name, arn('events', `rule/${name}`)),
  'AWS::Scheduler::Schedule': (_, name) => withArn(name, arn('scheduler', `schedule/default/${name}`)),
  'AWS::ApiGatewayV2::Api': (id, _, urls) => ({
    ref: id,
    attributes: { ApiId: id, ApiEndpoint: urls.apis[id] ?? '' },
  }),
  'AWS::ApiGatewayV2::Integration': (id) => ({ ref: id, attributes: {} }),
  'AWS::ApiGatewayV2::Stage': () => ({ ref: '$default', attributes: {} }),
  'AWS::Logs::LogGroup': (_, name) => withArn(name, arn('logs', `log-group:${name}:*`)),
  'AWS::IAM::Role': (id) => withArn(id, `arn:aws:iam::${ACCOUNT}:role/${id}`),
  'AWS::SNS::Topic': (_, name) => ({
    ref: arn('sns', name),
    attributes: { TopicArn: arn('sns', name), TopicName: name },
  }),
};

function typeOf(template: Template, id: string): string {
  const resource = template.resources[id];
  if (!resource) throw new Error(`the template has no ${id}`);
  return resource.Type;
}

function parameter(template: Template, name: string): unknown {
  const { Default } = template.parameters[name]!;
  if (Default === undefined) throw new Error(`parameter ${name} has no default value`);
  return Default;
}
