import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { resources, templateOf, unbundledApp } from './synthesise.ts';

const template = templateOf(unbundledApp());
const alarms = Object.values(resources(template, 'AWS::CloudWatch::Alarm')).map(
  ({ Properties }) => Properties,
);

describe('the alarms', () => {
  it('watch for failures, refusals, waiting, silence and dead letters', () => {
    expect(alarms.map(({ AlarmName }) => AlarmName.replace('MlConnector-', '')).toSorted()).toEqual([
      'approval-errors',
      'changes-waiting',
      'connect-errors',
      'dead-letters',
      'poll-xero-errors',
      'poll-xero-silent',
      'procore-webhook-errors',
      'public-door-failures',
      'reference-changes-waiting',
      'reference-dead-letters',
      'refresh-reference-data-errors',
      'refresh-tokens-errors',
      'refresh-tokens-silent',
      'remind-approvers-errors',
      'sync-documents-errors',
      'throttles',
      'xero-webhook-errors',
    ]);
  });

  it.each(alarms)('$AlarmName says whom it hurts and where its article stands', (alarm) => {
    const name = alarm.AlarmName.replace('MlConnector-', '');
    const [impact, article] = alarm.AlarmDescription.split(' What to do: ');
    expect(impact).toMatch(/^[A-Z].{30,}\.$/);
    expect(article).toBe(`README.md#alarm-${name}`);
  });

  it("each have their article in the README's runbook", () => {
    const articles = alarms.map(({ AlarmDescription }) => AlarmDescription.split('README.md#')[1]);
    const written = anchors(readFileSync(new URL('../../README.md', import.meta.url), 'utf8'));
    expect(articles.filter((article) => !written.has(article))).toEqual([]);
  });

  it('all speak to the operators’ topic, which takes their word and that of the notices alone', () => {
    const topic = Object.keys(resources(template, 'AWS::SNS::Topic')).find((id) => id.startsWith('Alarms'))!;
    const notices = Object.keys(resources(template, 'AWS::Events::Rule')).filter((id) =>
      id.startsWith('Notices'),
    );
    expect(notices).toHaveLength(2);
    for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([{ Ref: topic }]);
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny' }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'events.amazonaws.com' },
            Condition: {
              ArnEquals: { 'aws:SourceArn': notices.map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })) },
            },
          }),
        ],
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' } }),
        ]),
      },
    });
  });

  it('take missing numbers for good news, except where the silence is the news', () => {
    for (const { AlarmName, TreatMissingData, ComparisonOperator } of alarms) {
      const silence = AlarmName.endsWith('-silent');
      expect(TreatMissingData).toBe(silence ? 'breaching' : 'notBreaching');
      expect(ComparisonOperator).toBe(silence ? 'LessThanThreshold' : 'GreaterThanOrEqualToThreshold');
    }
  });

  it('count the refused calls of every function, also in minutes in which some did not run', () => {
    const { Metrics } = alarms.find(({ AlarmName }) => AlarmName.endsWith('-throttles'));
    const [sum, ...parts] = Metrics;
    const ids = Array.from({ length: 9 }, (_, index) => `m${index}`);
    expect(sum.Expression).toBe(ids.map((id) => `FILL(${id}, 0)`).join(' + '));
    expect(parts).toHaveLength(ids.length);
  });
});

/** The anchors that GitHub gives to headings, and those set by hand. */
function anchors(markdown: string): Set<string> {
  const headings = Array.from(markdown.matchAll(/^#+ (.*)$/gm), ([, heading]) => slug(heading!));
  const marks = Array.from(markdown.matchAll(/<a (?:id|name)="([^"]+)"/g), ([, id]) => id!);
  return new Set([...headings, ...marks]);
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
