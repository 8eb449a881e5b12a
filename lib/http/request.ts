export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  /** Forms name their own content type. */
  body?: string | FormData;
  /** Whether sending it twice does no more than sending it once. Only such requests are tried again. */
  repeatable: boolean;
  /** Whether a success is a file: its bytes are kept as they are, and it has no text. */
  binary?: boolean;
}

export interface Answer {
  kind: 'answer';
  status: number;
  headers: Headers;
  text: string;
  bytes?: Uint8Array<ArrayBuffer>;
}

/** Nothing came back in time. The server may have done what was asked, or not. */
export interface NoAnswer {
  kind: 'no-answer';
  cause: unknown;
}

/** A limit of the server holds the request back longer than it is sensible to wait in place. */
export interface Limited {
  kind: 'limited';
  /** Seconds until the same request may be sent again. */
  seconds: number;
  answer?: Answer;
}

export type Outcome = Answer | NoAnswer | Limited;

export interface SendOptions {
  fetch?: typeof fetch | undefined;
  /** Default 20 seconds, for the whole of request and answer. */
  timeoutMilliseconds?: number | undefined;
}

/**
 * Sends a request once and reports what came of it; never throws. Judging the answer is the caller's.
 * Redirects are not followed: neither API uses them, and a token must not travel to another host.
 */
export async function send(request: HttpRequest, options: SendOptions = {}): Promise<Answer | NoAnswer> {
  const { fetch = globalThis.fetch, timeoutMilliseconds = 20_000 } = options;
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers ?? {},
      body: request.body ?? null,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const { status, headers } = response;
    if (request.binary && response.ok) {
      return {
        kind: 'answer',
        status,
        headers,
        text: '',
        bytes: new Uint8Array(await response.arrayBuffer()),
      };
    }
    return { kind: 'answer', status, headers, text: await response.text() };
  } catch (cause) {
    return { kind: 'no-answer', cause };
  }
}
