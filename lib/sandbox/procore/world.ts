import { deserialize, serialize } from 'node:v8';
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
  /** All companies and the next id, to be handed to newWorld later. */
  snapshot(): Uint8Array;
}

interface Memory {
  companies: Map<number, Company>;
  nextId: number;
}

/** New regions of Procore give ids above 32 bits: callers that keep them in 32 break here. */
const FIRST_ID = 6_000_000_001;

/** An empty world, or the one that a snapshot was taken of. */
export function newWorld(clock: Clock, rules: Unverified, snapshot?: Uint8Array): World {
  const empty: Memory = { companies: new Map(), nextId: FIRST_ID };
  const memory: Memory = snapshot === undefined ? empty : deserialize(snapshot);
  return {
    clock,
    rules,
    companies: memory.companies,
    nextId: () => memory.nextId++,
    now: () => clock.now().toISOString(),
    snapshot: () => serialize(memory),
  };
}

export function stamps(world: World) {
  const now = world.now();
  return { created_at: now, updated_at: now };
}
