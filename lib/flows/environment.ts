import { Stop } from '../core/errors.ts';

export type Environment = Record<string, string | undefined>;

/** The named variables. Throws Stop('configuration-missing') naming all that lack, so that one look mends them all. */
export function requireEnvironment<Name extends string>(
  environment: Environment,
  ...names: Name[]
): Record<Name, string> {
  const missing = names.filter((name) => !environment[name]);
  if (missing.length > 0) throw new Stop('configuration-missing', { facts: { missing } });
  return environment as Record<Name, string>;
}
