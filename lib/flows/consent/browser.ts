import { isToken, newToken } from './attempt.ts';

/**
 * The cookie that binds a consent to one browser. With the prefix `__Host-` no other site, not even a neighbour under
 * the same domain, can plant it. On a plain-http address, which is this machine alone, browsers take neither that nor
 * `Secure`.
 */
export interface Browser {
  /** What the browser holds, or is to hold from now on. */
  value: string;
  setCookie: string;
}

const NAME = 'ml-connector-consent';

/** `cookies` are as the browser sent them, `name=value` each. */
export function cookieOf(cookies: string[], connectUrl: string): string | undefined {
  const prefix = `${nameFor(connectUrl)}=`;
  const value = cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
  return isToken(value) ? value : undefined;
}

/** The browser goes on with the value it has: two tabs of it must not shut each other out. */
export function browserOf(cookie: string | undefined, connectUrl: string): Browser {
  const value = cookie ?? newToken();
  const secure = isSecure(connectUrl) ? '; Secure' : '';
  const setCookie = `${nameFor(connectUrl)}=${value}; Path=/; Max-Age=7200; HttpOnly; SameSite=Lax${secure}`;
  return { value, setCookie };
}

const nameFor = (connectUrl: string): string => (isSecure(connectUrl) ? `__Host-${NAME}` : NAME);

const isSecure = (connectUrl: string): boolean => new URL(connectUrl).protocol === 'https:';
