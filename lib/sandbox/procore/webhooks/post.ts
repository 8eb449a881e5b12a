interface Answered {
  ok: boolean;
  status: number | null;
  headers: Record<string, string>;
  body: string | null;
  error: string | null;
}

/** Posts a payload. Anything but a 2xx in time is a failure; nothing is thrown. */
export async function post(
  url: string,
  authorization: string | null,
  payload: object,
  timeout: number,
  closing?: AbortSignal,
): Promise<Answered> {
  const headers = new Headers({ 'Content-Type': 'application/json' });
  if (authorization !== null) headers.set('Authorization', authorization);
  const signal = AbortSignal.any([AbortSignal.timeout(timeout), ...(closing ? [closing] : [])]);
  const init = {
    method: 'POST',
    headers,
    body: JSON.stringify(payload),
    signal,
    redirect: 'manual',
  } as const;
  try {
    const response = await fetch(url, init);
    const body = (await response.text()).slice(0, 1000);
    const { ok, status } = response;
    return { ok, status, headers: Object.fromEntries(response.headers), body, error: null };
  } catch (error) {
    return { ok: false, status: null, headers: {}, body: null, error: (error as Error).message };
  }
}
