import type { Connection } from '../../core/connection.ts';
import { isSame } from '../../core/reference-changes.ts';
import type { ListName, Lists } from '../../core/reference-lists.ts';
import { isOfProject } from '../../core/reference-lists.ts';
import type { Snapshot, SnapshotName } from '../../store/snapshots.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import type { Deployment } from '../deployment.ts';
import { openLists, snapshotName } from './lists.ts';

/**
 * The reference data of both sides as the connector knows it, for one piece of work. What was read within the last
 * day is taken from the table, anything else from the vendor. Throws RetryLater, Stop and ProcoreRefused like the
 * clients.
 */
export interface Catalogue {
  /** The entries of a list; of the project where the list's name ends in `/P`. The same array until it is read anew. */
  entries<Name extends ListName>(name: Name, projectId?: string): Promise<Lists[Name][]>;
  /** The same as the vendor has it, read now unless this catalogue has asked the vendor already. `entries` follows. */
  fresh<Name extends ListName>(name: Name, projectId?: string): Promise<Lists[Name][]>;
  /**
   * Reads anew those of the lists that were answered from the table, of these projects where they are lists of
   * projects. True where one turned out to be other than the table has it, to whoever doubted it first.
   */
  doubt(names: ListName[], projectIds: string[]): Promise<boolean>;
}

interface Answer {
  entries: { id: string }[];
  /** By the vendor, not out of the table. */
  live: boolean;
  /** Whether that is other than what was answered from the table before. */
  other?: boolean;
}

/** A daily round that comes late must not make everybody read everything. */
const LASTS_MS = 26 * 3_600_000;

export function openCatalogue(deployment: Deployment, connection: Connection): Catalogue {
  const { clock, snapshots } = deployment;
  const lists = openLists(deployment, connection);
  const answers = new Map<SnapshotName, Promise<Answer>>();
  const looks = new Map<SnapshotName, Promise<Answer>>();

  async function recall(name: ListName, projectId?: string): Promise<Answer> {
    const at = snapshotName(name, projectId);
    const picture = await snapshots.get(connection.id, at);
    const now = clock.now();
    if (picture && now.getTime() - Date.parse(picture.fetchedAt) <= LASTS_MS) {
      return { entries: picture.entries as Answer['entries'], live: false };
    }
    const entries = await lists[name](projectId!, picture);
    // Only the refresher replaces a picture: else it would find nothing changed, and queue nothing again.
    if (!picture) await keepFirst(at, { fetchedAt: now.toISOString(), entries });
    return { entries, live: true };
  }

  async function keepFirst(at: SnapshotName, picture: Snapshot): Promise<void> {
    try {
      await snapshots.put(connection.id, at, picture);
    } catch (error) {
      if (!(error instanceof WriteConflict)) throw error;
    }
  }

  function answer(name: ListName, projectId?: string): Promise<Answer> {
    const at = snapshotName(name, projectId);
    const given = answers.get(at) ?? recall(name, projectId);
    answers.set(at, given);
    return given;
  }

  /** Several who doubt a list at the same time look once. */
  function look(name: ListName, projectId?: string): Promise<Answer> {
    const at = snapshotName(name, projectId);
    const looking = looks.get(at) ?? lookNow(name, projectId).finally(() => looks.delete(at));
    looks.set(at, looking);
    return looking;
  }

  async function lookNow(name: ListName, projectId?: string): Promise<Answer> {
    const at = snapshotName(name, projectId);
    const given = await answers.get(at);
    if (given?.live) return given;
    const entries = await lists[name](projectId!, await snapshots.get(connection.id, at));
    const found = { entries, live: true, other: given !== undefined && !isSame(given.entries, entries) };
    answers.set(at, Promise.resolve(found));
    return found;
  }

  return {
    entries: async (name, projectId) => (await answer(name, projectId)).entries as never,
    fresh: async (name, projectId) => (await look(name, projectId)).entries as never,
    async doubt(names, projectIds) {
      let other = false;
      for (const name of names) {
        for (const projectId of isOfProject(name) ? projectIds : [undefined]) {
          // Never asked for, it cannot have misled anybody.
          if (!answers.has(snapshotName(name, projectId))) continue;
          // Whoever doubts it after another did may have been misled at the same time.
          if ((await look(name, projectId)).other) other = true;
        }
      }
      return other;
    },
  };
}
