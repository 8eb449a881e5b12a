import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from './open-sandbox.ts';
import { openSandbox } from './open-sandbox.ts';
import { COMPANY } from './sample-company.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openSandbox({ unverified: { defaultPerPage: 3 } });
  const names = ['C', 'D', 'E', 'F', 'G'];
  for (const name of names) caller.sandbox.people(COMPANY).addVendor({ name: `Vendor ${name}` });
});
afterEach(() => caller.sandbox.close());

const VENDORS = `/rest/v1.0/vendors?company_id=${COMPANY}&view=compact`;

function links(headers: Headers): Record<string, string> {
  const parts = (headers.get('Link') ?? '').split(', ').filter((part) => part !== '');
  return Object.fromEntries(parts.map((part) => [/rel="(\w+)"/.exec(part)![1], /<(.+)>/.exec(part)![1]!]));
}

describe('a long list', () => {
  it('comes whole to somebody who follows rel=next, and the last page has none', async () => {
    const { url } = caller.sandbox;
    const names: string[] = [];
    let next: string | undefined = VENDORS;
    let pages = 0;
    while (next !== undefined) {
      const page = await caller.get(next);
      expect([page.headers.get('Total'), page.headers.get('Per-Page')]).toEqual(['7', '3']);
      names.push(...page.body.map(({ name }: { name: string }) => name));
      next = links(page.headers).next?.slice(url.length);
      pages++;
    }
    expect(pages).toBe(3);
    expect(new Set(names).size).toBe(7);
  });

  it('tells the way back and to the end', async () => {
    const { headers } = await caller.get(`${VENDORS}&page=2`);
    expect(Object.keys(links(headers))).toEqual(['first', 'prev', 'next', 'last']);
    expect(links(headers).last).toContain('page=3');
  });

  it('takes per_page, and refuses a page that is no number', async () => {
    expect((await caller.get(`${VENDORS}&per_page=7`)).headers.get('Link')).toBeNull();
    expect((await caller.get(`${VENDORS}&page=0`)).status).toBe(400);
  });
});
