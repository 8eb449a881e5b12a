import type { Clock } from '../../core/ports.ts';
import type { Company } from './records.ts';
import type { Unverified } from './unverified.ts';

/** Everything one sandbox server holds. */
export interface World {
  clock: Clock;
  rules: Unverified;
  companies: Map<number, Company>;
  nextId(): number;
  /** The instant now, as ISO text. */
  now(): string;
}

/** New regions of Procore give ids above 32 bits: callers that keep them in 32 break here. */
const FIRST_ID = 6_000_000_001;

export function newWorld(clock: Clock, rules: Unverified): World {
  let last = FIRST_ID;
  return {
    clock,
    rules,
    companies: new Map(),
    nextId: () => last++,
    now: () => clock.now().toISOString(),
  };
}

export function stamps(world: World) {
  const now = world.now();
  return { created_at: now, updated_at: now };
}
