import { describe, expect, it } from '@jest/globals';
import type { LocalUrls } from '../../../lib/sandbox/aws/local-names.ts';
import { localNames } from '../../../lib/sandbox/aws/local-names.ts';
import { resolver } from '../../../lib/sandbox/aws/resolve.ts';
import type { Template } from '../../../lib/sandbox/aws/template.ts';

const template: Template = {
  stackName: 'Connector',
  parameters: { Stage: { Default: 'test' }, Bare: {} },
  outputs: {},
  assetFolder: () => '',
  resources: {
    Table: { Type: 'AWS::DynamoDB::GlobalTable' },
    Named: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Join': ['-', ['a', ref('Stage')]] } } },
    Key: { Type: 'AWS::KMS::Key' },
    Bus: { Type: 'AWS::Events::EventBus' },
    Api: { Type: 'AWS::ApiGatewayV2::Api' },
    Approval: { Type: 'AWS::Lambda::Url' },
    WorkerAF292AA5: { Type: 'AWS::SQS::Queue' },
    TwinAF292AA5: { Type: 'AWS::SQS::Queue' },
    Twin00000000: { Type: 'AWS::SQS::Queue' },
    Bucket: { Type: 'AWS::S3::Bucket' },
  },
};
const urls: LocalUrls = {
  sqs: 'http://127.0.0.1:9',
  apis: { Api: 'http://127.0.0.1:4510' },
  functionUrls: { Approval: 'http://127.0.0.1:7' },
};

function ref(name: string) {
  return { Ref: name };
}

const resolve = (value: unknown) => resolver(localNames(template, urls))(value, 'Fn.Environment');

describe('the values of a template in the local run', () => {
  it.each([
    ['a table is its name', ref('Table'), 'Table'],
    ['a queue is its URL, by its own name', ref('Named'), 'http://127.0.0.1:9/000000000000/a-test'],
    ['a queue has an ARN', { 'Fn::GetAtt': ['Named', 'Arn'] }, 'arn:aws:sqs:us-east-1:000000000000:a-test'],
    ["a name goes without CDK's hash", { 'Fn::GetAtt': 'WorkerAF292AA5.QueueName' }, 'Worker'],
    ['a name that two would share keeps it', { 'Fn::GetAtt': 'TwinAF292AA5.QueueName' }, 'TwinAF292AA5'],
    ['an attribute may be written with a dot', { 'Fn::GetAtt': 'Bus.Name' }, 'Bus'],
    ['a function URL is the local one', { 'Fn::GetAtt': ['Approval', 'FunctionUrl'] }, 'http://127.0.0.1:7/'],
    ['an API has the local endpoint', { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, 'http://127.0.0.1:4510'],
    [
      "an API's address put together from parts is the local one",
      {
        'Fn::Join': [
          '',
          ['https://', ref('Api'), '.execute-api.', ref('AWS::Region'), '.', ref('AWS::URLSuffix'), '/hook'],
        ],
      },
      'http://127.0.0.1:4510/hook',
    ],
    [
      'Sub takes resources, attributes, own values and literals',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
      { 'Fn::Sub': ['${Table}/${Bus.Arn}/${own}/${!left}', { own: ref('Stage') }] },
      `Table/arn:aws:events:us-east-1:000000000000:event-bus/Bus/test/$\{left}`,
    ],
    ['Select and Split work together', { 'Fn::Select': [1, { 'Fn::Split': ['-', 'a-b-c'] }] }, 'b'],
    ['NoValue leaves its property out', { A: ref('AWS::NoValue'), B: [1, ref('AWS::NoValue')] }, { B: [1] }],
    ['a key with several entries is no intrinsic', { Ref: 'x', other: 1 }, { Ref: 'x', other: 1 }],
  ])('%s', (_, value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  it('gives a key the same id in every run', () => {
    expect(resolve(ref('Key'))).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(resolve({ 'Fn::GetAtt': ['Key', 'Arn'] })).toBe(
      `arn:aws:kms:us-east-1:000000000000:key/${resolve(ref('Key'))}`,
    );
  });

  it.each([
    [
      'an unknown intrinsic',
      { X: { 'Fn::ImportValue': 'a' } },
      'Fn.Environment.X: Fn::ImportValue is not known',
    ],
    ['a missing resource', { X: ref('Gone') }, 'Fn.Environment.X: the template has no Gone'],
    ['a type without local values', ref('Bucket'), 'no value for Bucket (AWS::S3::Bucket)'],
    ['an unknown attribute', { 'Fn::GetAtt': ['Table', 'StreamArn'] }, 'no StreamArn of Table'],
    ['a parameter without default', ref('Bare'), 'parameter Bare has no default value'],
    ['an error inside a Join', { 'Fn::Join': ['', ['a', ref('Gone')]] }, 'the template has no Gone'],
  ])('refuses %s and says where it stands', (_, value, message) => {
    expect(() => resolve(value)).toThrow(message);
  });
});
