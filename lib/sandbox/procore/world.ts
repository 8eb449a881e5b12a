import { deserialize, serialize } from 'node:v8';
import type { Clock } from '../../core/ports.ts';
import type { Company, Project } from './records.ts';
import type { Unverified } from './unverified.ts';
import type { Storage } from './uploads.ts';

/** Everything one sandbox server holds. */
export interface World {
  clock: Clock;
  rules: Unverified;
  companies: Map<number, Company>;
  /** Files on their way to a record; not kept over restarts. */
  storage: Storage;
  /** Projects as they were until an instant, the latest first: for budget views that are late. Not kept over restarts. */
  past: { until: number; projects: Map<number, Project> }[];
  nextId(): number;
  /** The id of a user, the same for the same key for ever. */
  userId(key: string): number;
  /** The instant now, as ISO text. */
  now(): string;
  /** All companies and the next id, to be handed to newWorld later. */
  snapshot(): Uint8Array;
}

interface Memory {
  companies: Map<number, Company>;
  nextId: number;
  /** Ids of users by what they are registered under. */
  users: Map<string, number>;
}

/** New regions of Procore give ids above 32 bits: callers that keep them in 32 break here. */
const FIRST_ID = 6_000_000_001;

/** An empty world, or the one that a snapshot was taken of. */
export function newWorld(clock: Clock, rules: Unverified, snapshot?: Uint8Array): World {
  const empty: Memory = { companies: new Map(), nextId: FIRST_ID, users: new Map() };
  const memory: Memory = snapshot === undefined ? empty : upToDate(deserialize(snapshot));
  const nextId = () => memory.nextId++;
  return {
    clock,
    rules,
    companies: memory.companies,
    storage: { url: '', uploads: new Map() },
    past: [],
    nextId,
    userId: (key) => {
      const id = memory.users.get(key) ?? nextId();
      memory.users.set(key, id);
      return id;
    },
    now: () => clock.now().toISOString(),
    snapshot: () => serialize(memory),
  };
}

/** A snapshot with the parts that sandboxes did not keep when it was taken. */
function upToDate(memory: Memory): Memory {
  memory.users ??= new Map();
  for (const company of memory.companies.values()) {
    company.hooks ??= new Map();
    company.units ??= [];
    for (const project of company.projects.values()) {
      project.budgetModifications ??= [];
      project.budgetChanges ??= [];
      for (const record of [...project.contracts.values(), ...project.requisitions.values()])
        record.attachments ??= [];
    }
  }
  return memory;
}

export function stamps(world: World) {
  const now = world.now();
  return { created_at: now, updated_at: now };
}
