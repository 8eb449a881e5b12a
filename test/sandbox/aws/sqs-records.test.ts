import { describe, expect, it } from '@jest/globals';
import { reportedFailures } from '../../../lib/sandbox/aws/sqs-records.ts';

const messages = [{ MessageId: 'm1' }, { MessageId: 'm2' }];

describe("a function's answer to a batch", () => {
  it('names the failed messages', () => {
    const answer = { batchItemFailures: [{ itemIdentifier: 'm2' }] };
    expect(reportedFailures(answer, messages)).toEqual(new Set(['m2']));
  });

  it.each([
    ['null', null],
    ['nothing', undefined],
    ['an empty object', {}],
    ['an empty list', { batchItemFailures: [] }],
    ['null for the list', { batchItemFailures: null }],
  ])('means that all went well when it is %s', (_, answer) => {
    expect(reportedFailures(answer, messages)).toEqual(new Set());
  });

  it.each([
    ['a text', 'done'],
    ['a list', []],
    ['no list inside', { batchItemFailures: 'all' }],
    ['an unknown id', { batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm3' }] }],
    ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['a null id', { batchItemFailures: [{ itemIdentifier: null }] }],
    ['a wrong key', { batchItemFailures: [{ id: 'm1' }] }],
    ['a null item', { batchItemFailures: [null] }],
  ])('means that the whole batch failed when it is %s', (_, answer) => {
    expect(reportedFailures(answer, messages)).toBeUndefined();
  });
});
