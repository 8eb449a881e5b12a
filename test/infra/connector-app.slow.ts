import { describe, expect, it } from '@jest/globals';
import { Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { stackOf, unbundledApp } from './synthesise.ts';

describe('the findings of cdk-nag', () => {
  it('are all fixed or explained', () => {
    expect(() => unbundledApp().synth()).not.toThrow();
  });

  it('stop the synthesis when one is neither', () => {
    const app = unbundledApp();
    new Queue(stackOf(app), 'Careless');
    expect(() => app.synth()).toThrow(/MlConnector\/Careless[\s\S]*AwsSolutions-SQS4/);
  });

  it('are explained where they arise, each with a sentence', () => {
    const nodes = stackOf(unbundledApp()).node.findAll();
    const explained = nodes.flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .map(({ data }) => [node.path, data]),
    );
    const open = [
      'POST--webhooks--xero',
      'POST--webhooks--procore',
      'GET--connect--xero',
      'GET--connect--xero--callback',
      'POST--connect--xero--organisation',
    ];
    expect(explained).toEqual(
      open.map((route) => [
        `MlConnector/Webhooks/Api/${route}`,
        { 'Annotation::AwsSolutions-APIG4': expect.stringMatching(/^[A-Z].{40,}\.$/) },
      ]),
    );
    const reasons = explained.map(([, given]) => JSON.stringify(given));
    expect(new Set(reasons).size).toBe(open.length);
  });
});
