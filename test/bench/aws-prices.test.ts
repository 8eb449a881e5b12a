import { describe, expect, it } from '@jest/globals';
import { costOf } from './aws-prices.ts';
import { readUnits, sizeOf, writeUnits } from './carrying/dynamodb-units.ts';

describe('what AWS charges', () => {
  it('is the price list times what was used', () => {
    const million = 1_000_000;
    const cost = costOf({
      ...{ invocations: million, gbSeconds: million, readUnits: million, writeUnits: million },
      ...{ sqs: million, kms: 10_000, events: million },
    });
    expect(cost).toEqual({
      'Lambda time': expect.closeTo(13.3334, 6),
      'Lambda requests': 0.2,
      'DynamoDB writes': 0.625,
      'DynamoDB reads': 0.125,
      SQS: 0.4,
      KMS: 0.03,
      EventBridge: 1,
    });
  });

  it.each([
    [1, 0.5, 1],
    [4096, 0.5, 1],
    [4097, 1, 2],
  ])(
    'counts a read of %d bytes as %d units, as %d where it has to be consistent',
    (bytes, eventual, consistent) => {
      expect([readUnits(bytes), readUnits(bytes, true)]).toEqual([eventual, consistent]);
    },
  );

  it('counts a write by each kilobyte, and again in the index that the item is in', () => {
    const item = { pk: 'a', sk: 'b', text: 'x'.repeat(1500) };
    expect([writeUnits(item), writeUnits({ ...item, gsi1pk: 'c' })]).toEqual([2, 6]);
  });

  it('knows the size of an item by names and values', () => {
    expect(sizeOf({ pk: 'abc', n: 12345 })).toBe(3 + (2 + 1 + 3) + (1 + 1 + 4));
  });
});
