import { expect, it } from '@jest/globals';
import LruCache from '../../lib/aws/lambda-lru-cache.ts';

it('a cache of two endpoints forgets the one that was written longest ago', () => {
  const cache = new LruCache<string[]>(2);
  cache.set('a', ['1']).set('b', ['2']).set('a', ['3']).set('c', ['4']);
  expect([...cache]).toEqual([
    ['a', ['3']],
    ['c', ['4']],
  ]);
  expect([cache.has('b'), cache.peek('a'), cache.peek('b')]).toEqual([false, ['3'], undefined]);
});
