import type { Company } from '../records.ts';
import type { World } from '../world.ts';
import { newEvent } from './events.ts';
import type { EventType, Hook } from './records.ts';
import type { Sight } from './sights.ts';
import { sightsOfCompany, sightsOfProject } from './sights.ts';

/** Who is about to change something. */
export interface Author {
  /** The id of the user, asked for once there is something to tell. */
  userId(): number;
  applicationId: number | null;
}

interface Change {
  type: EventType;
  resource: string;
  projectId: number | null;
  sight: Sight;
}

type Sights = Map<string, Omit<Change, 'type'>>;

/** Does some work on a company and queues what changed, at whichever hooks asked for it. */
export function watched<T>(world: World, company: Company, author: Author, work: () => T): T {
  const asked = [...company.hooks.values()].flatMap(({ projectId, triggers }) =>
    triggers.map(({ resource }) => ({ projectId, resource })),
  );
  const before = sightsOf(company, asked);
  try {
    return work();
  } finally {
    for (const change of changes(before, sightsOf(company, asked))) tell(world, company, author, change);
  }
}

interface Asked {
  projectId: number | null;
  resource: string;
}

/** Everything that some trigger asks for, and nothing else: a company without hooks costs nothing. */
function sightsOf(company: Company, asked: Asked[]): Sights {
  const sights: Sights = new Map();
  const add = (resource: string, projectId: number | null, seen: Sight[]) => {
    for (const sight of seen) {
      sights.set(`${resource}/${projectId}/${sight.id}`, { resource, projectId, sight });
    }
  };
  for (const resource of wanted(asked, null)) add(resource, null, sightsOfCompany(resource, company));
  for (const project of company.projects.values()) {
    for (const resource of wanted(asked, project.id)) {
      add(resource, project.id, sightsOfProject(resource, project));
    }
  }
  return sights;
}

function wanted(asked: Asked[], projectId: number | null): Set<string> {
  return new Set(asked.filter((one) => covers(one, projectId)).map(({ resource }) => resource));
}

function changes(before: Sights, after: Sights): Change[] {
  const made = [...after].flatMap(([key, seen]): Change[] => {
    const earlier = before.get(key);
    if (earlier === undefined) return [{ ...seen, type: 'create' }];
    return earlier.sight.print === seen.sight.print ? [] : [{ ...seen, type: 'update' }];
  });
  const gone = [...before].filter(([key]) => !after.has(key));
  return [...made, ...gone.map(([, seen]): Change => ({ ...seen, type: 'delete' }))];
}

function tell(world: World, company: Company, author: Author, change: Change): void {
  const { type, resource, projectId } = change;
  const hooks = [...company.hooks.values()].filter(
    (hook) =>
      hook.status === 'active' &&
      covers(hook, projectId) &&
      hook.triggers.some((trigger) => trigger.resource === resource && trigger.eventType === type),
  );
  if (hooks.length === 0) return;
  const { id, related } = change.sight;
  const { applicationId } = author;
  const told = { type, resource, projectId, resourceId: id, related, userId: author.userId(), applicationId };
  const event = newEvent(world, company, told);
  for (const hook of hooks) hook.waiting.push(event);
}

/** A hook of a project hears of that project alone; one of the company of all that its triggers may name. */
function covers(hook: Pick<Hook, 'projectId'>, projectId: number | null): boolean {
  return hook.projectId === null || hook.projectId === projectId;
}
