import type { Deployment } from '../deployment.ts';
import { revealIfPossible } from '../tokens/secrets.ts';

/** The Xero signing key that this connection alone has; undefined where another organisation of its app needs it. */
export async function signingKeyOfNobodyElse(
  deployment: Pick<Deployment, 'connections' | 'secrets' | 'vault'>,
  id: string,
): Promise<string | undefined> {
  const keyOf = (connectionId: string) => revealIfPossible(deployment, connectionId, 'xero-webhook-key');
  const key = await keyOf(id);
  if (key === undefined) return undefined;
  const others = (await deployment.connections.list()).filter((connection) => connection.id !== id);
  const used = await Promise.all(others.map((other) => keyOf(other.id)));
  return used.includes(key) ? undefined : key;
}
