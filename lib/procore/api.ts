import * as z from 'zod/mini';
import { ProcoreRefused, Stop } from '../core/errors.ts';
import type { Gate } from '../core/governor/gate.ts';
import type { Clock } from '../core/ports.ts';
import type { TokenSource } from '../http/bearer.ts';
import { withBearer } from '../http/bearer.ts';
import { misfit } from '../http/fields.ts';
import type { Answer, HttpRequest } from '../http/request.ts';
import { sendPatiently } from '../http/retry.ts';
import { body, judge } from './failures.ts';
import { procoreLimit } from './limits.ts';
import type { Call } from './paging.ts';
import { nextPage } from './paging.ts';

export interface ProcoreOptions extends TokenSource {
  /** `https://api.procore.com` */
  apiUrl: string;
  companyId: string;
  /** What every call passes; without one each is sent at once. */
  gate?: Gate | undefined;
  /** See RetryOptions. */
  patienceSeconds?: number | undefined;
  clock: Clock;
  fetch?: typeof fetch | undefined;
}

export interface ProcoreApi {
  companyId: string;
  /** All pages of a list, each entry read by the schema. */
  list<S extends z.ZodMiniType>(call: Call, entry: S): Promise<z.output<S>[]>;
  /** One record; undefined where Procore knows none or does not show it. */
  one<S extends z.ZodMiniType>(call: Call, schema: S): Promise<z.output<S> | undefined>;
  /** A write that may be repeated without doing more. */
  patch<S extends z.ZodMiniType>(call: Call, schema: S): Promise<z.output<S>>;
  /** A write that is sent once: RetryLater leaves open whether it got through. */
  post<S extends z.ZodMiniType>(call: Call, schema: S): Promise<z.output<S>>;
  /** Deletes; a record that is gone already is fine. */
  remove(call: Call): Promise<void>;
}

/** Procore's REST API for one company. Its methods throw RetryLater, Stop and ProcoreRefused. */
export function createProcoreApi(options: ProcoreOptions): ProcoreApi {
  const send = createSender(options);
  const call = async <S extends z.ZodMiniType>(method: Method, call: Call, schema: S): Promise<z.output<S>> =>
    readAs(schema, body(await send(method, call), call.what), call.what);

  return {
    companyId: options.companyId,
    list: async <S extends z.ZodMiniType>(first: Call, entry: S) => {
      const entries: z.output<S>[] = [];
      for (let page: Call | undefined = first; page; ) {
        const answer: Answer = await send('GET', page);
        entries.push(...readAs(z.array(entry), body(answer, page.what), page.what));
        page = nextPage(page, answer.headers);
      }
      return entries;
    },
    one: (wanted, schema) => ifThere(() => call('GET', wanted, schema)),
    patch: (change, schema) => call('PATCH', change, schema),
    post: (creation, schema) => call('POST', creation, schema),
    remove: async (gone) => {
      await ifThere(() => send('DELETE', gone));
    },
  };
}

type Method = HttpRequest['method'];

function createSender(options: ProcoreOptions) {
  const { clock } = options;
  const authorised = withBearer(options);

  return async (method: Method, call: Call): Promise<Answer> => {
    const outcome = await authorised((token) =>
      sendPatiently(requestOf(options, method, call, token), { ...options, limit: procoreLimit }),
    );
    return judge(outcome, call.what, clock.now());
  };
}

function requestOf(options: ProcoreOptions, method: Method, call: Call, token: string): HttpRequest {
  const url = new URL(call.path, options.apiUrl);
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.append(name, value);
  return {
    method,
    url: url.href,
    headers: {
      authorization: `Bearer ${token}`,
      'procore-company-id': options.companyId,
      accept: 'application/json',
      ...(call.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    repeatable: method !== 'POST',
  };
}

function readAs<S extends z.ZodMiniType>(schema: S, json: unknown, what: string): z.output<S> {
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  throw new Stop('answer-unreadable', { facts: { what, why: misfit(read.error) } });
}

/** What the attempt gives; undefined where Procore knows no such record or does not show it. */
export async function ifThere<T>(attempt: () => Promise<T>): Promise<T | undefined> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof ProcoreRefused && error.status === 404) return undefined;
    throw error;
  }
}
