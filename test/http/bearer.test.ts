import { describe, expect, it } from '@jest/globals';
import { withBearer } from '../../lib/http/bearer.ts';
import type { Outcome } from '../../lib/http/request.ts';

const answer = (status: number): Outcome => ({ kind: 'answer', status, headers: new Headers(), text: '' });

function tokens() {
  const state = { refreshes: 0 };
  const authorised = withBearer({
    accessToken: async () => 'old',
    refreshed: async () => {
      state.refreshes += 1;
      return 'new';
    },
  });
  return { state, authorised };
}

describe('a bearer token', () => {
  it('is used as long as it works', async () => {
    const { state, authorised } = tokens();
    expect(await authorised(async (token) => answer(token === 'old' ? 200 : 500))).toMatchObject({
      status: 200,
    });
    expect(state.refreshes).toBe(0);
  });

  it('is replaced once after a 401', async () => {
    const { state, authorised } = tokens();
    expect(await authorised(async (token) => answer(token === 'new' ? 200 : 401))).toMatchObject({
      status: 200,
    });
    expect(state.refreshes).toBe(1);
  });

  it('is not replaced again where the new one is refused, too', async () => {
    const { state, authorised } = tokens();
    expect(await authorised(async () => answer(401))).toMatchObject({ status: 401 });
    expect(state.refreshes).toBe(1);
  });

  it('is replaced once for calls that fail side by side', async () => {
    const { state, authorised } = tokens();
    const call = () => authorised(async (token) => answer(token === 'new' ? 200 : 401));
    await Promise.all([call(), call(), call()]);
    expect(state.refreshes).toBe(1);
  });
});
