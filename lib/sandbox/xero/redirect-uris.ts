/**
 * Throws where Xero would not register the address: it must be https, or http on the machine itself, without fragment.
 * Returns it as it was written, since requests are compared with it letter by letter.
 */
export function registrable(uri: string): string {
  const { protocol, hostname, hash } = new URL(uri);
  const own = hostname === 'localhost' || hostname === '127.0.0.1';
  if (hash === '' && (protocol === 'https:' || (protocol === 'http:' && own))) return uri;
  throw new Error(`${uri} is no redirect URI: https, or http on localhost or 127.0.0.1, without fragment`);
}
