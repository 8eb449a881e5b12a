import type { Connection } from '../../core/connection.ts';
import { mayCarry } from '../../core/connection.ts';
import type { Lease } from '../../store/leases.ts';
import type { HookRecord, ProcoreHooks } from '../../store/procore-hooks.ts';
import type { Revised } from '../../store/table.ts';
import { readMappings } from '../doctor/mapping-tables.ts';
import { openCatalogue } from './catalogue.ts';
import { openDesk } from './hook-desk.ts';
import type { HookFormat } from './hook-format.ts';
import { chooseFormat } from './hook-format.ts';
import { levelHook } from './level-hook.ts';
import type { ReferenceData } from './reference-data.ts';
import { refusedByProcore } from './refused.ts';

export interface LevelScene {
  reference: ReferenceData;
  record: Revised<ProcoreHooks>;
  members: Connection[];
  /** Whose service account does it. */
  keeper: Connection;
  secret: string;
  lease: Lease;
}

interface Levelled {
  record: Revised<ProcoreHooks>;
  made: number;
  /** Projects in which Procore refused it. */
  problem?: string;
}

/**
 * Levels the hook of the company and, for what it cannot be told there, one of each project; takes those of other
 * projects away. Throws RetryLater, and Stop or ProcoreRefused where the company refuses it as a whole.
 */
export async function levelScopes(scene: LevelScene): Promise<Levelled> {
  const { reference, keeper } = scene;
  const companyFormat = await chooseFormat(openDesk(reference, keeper, scene.record));
  const covered = new Set(companyFormat?.triggers.map(({ resource }) => resource));
  const projects = await projectsWrittenTo(scene);
  const first = projects[0];
  const offered = first && (await chooseFormat(openDesk(reference, keeper, scene.record, first.id)));
  const projectFormat = offered && without(offered, covered);
  const scopes = [
    ...(companyFormat ? [{ projectId: undefined, format: companyFormat }] : []),
    ...(projectFormat ? projects.map(({ id }) => ({ projectId: id, format: projectFormat })) : []),
  ];

  const record = await intend(
    scene,
    scopes.map(({ projectId }) => projectId),
  );
  const hooks: HookRecord[] = [];
  const refused: string[] = [];
  let made = 0;
  for (const { projectId, format } of scopes) {
    const before = record.hooks.find((hook) => hook.projectId === projectId) ?? {};
    try {
      const standing = await levelOne(scene, projectId, format, before);
      hooks.push({ ...scopeOf(projectId), ...(standing && recordOf(standing)) });
      if (standing?.made) made += 1;
    } catch (error) {
      if (projectId === undefined || !refusedByProcore(error)) throw error;
      refused.push(projectId);
      hooks.push(before);
    }
  }
  await removeOthers(scene, record, new Set(scopes.map(({ projectId }) => projectId)));
  const problem = refused.length > 0 ? `Procore refuses it in the projects ${refused.join(', ')}` : undefined;
  return { record: { ...record, hooks }, made, ...(problem !== undefined && { problem }) };
}

function levelOne(
  { reference, keeper, record, secret, lease }: LevelScene,
  projectId: string | undefined,
  format: HookFormat,
  { hookId }: HookRecord,
) {
  const desk = openDesk(reference, keeper, record, projectId);
  return levelHook(desk, { url: reference.webhookUrl, secret, format, hookId }, lease);
}

/** The active projects that any connection of the company names. */
async function projectsWrittenTo({ reference, members, keeper }: LevelScene): Promise<{ id: string }[]> {
  const tables = await Promise.all(members.filter(mayCarry).map((member) => readMappings(member, reference)));
  const projects = await openCatalogue(reference, keeper).fresh('procore/projects');
  return projects.filter((project) => project.active && tables.some(({ names }) => names(project)));
}

function without({ payloadVersion, triggers }: HookFormat, covered: Set<string>): HookFormat | undefined {
  const left = triggers.filter(({ resource }) => !covered.has(resource));
  return left.length === 0 ? undefined : { payloadVersion, triggers: left };
}

/** Writes down where hooks are about to be made, beside those that stand: what a crash leaves is found again. */
async function intend(
  { reference, record }: LevelScene,
  projectIds: (string | undefined)[],
): Promise<Revised<ProcoreHooks>> {
  const unknown = projectIds.filter((id) => !record.hooks.some(({ projectId }) => projectId === id));
  if (unknown.length === 0) return record;
  return reference.hooks.put({ ...record, hooks: [...record.hooks, ...unknown.map(scopeOf)] });
}

async function removeOthers(
  { reference, keeper }: LevelScene,
  record: ProcoreHooks,
  wanted: Set<string | undefined>,
): Promise<void> {
  for (const { projectId } of record.hooks) {
    if (!wanted.has(projectId)) await removeHooksOf(reference, keeper, record, projectId);
  }
}

/** Removes what stands in our namespace. A project that is not to be seen any more has taken its hooks with it. */
export async function removeHooksOf(
  reference: ReferenceData,
  keeper: Connection,
  record: ProcoreHooks,
  projectId: string | undefined,
): Promise<void> {
  const desk = openDesk(reference, keeper, record, projectId);
  try {
    for (const { id } of await desk.hooks()) await desk.remove(id);
  } catch (error) {
    if (projectId === undefined || !refusedByProcore(error)) throw error;
    reference.log.warn('The webhook of a project could not be removed', { projectId, reason: error.message });
  }
}

function scopeOf(projectId: string | undefined): HookRecord {
  return projectId === undefined ? {} : { projectId };
}

function recordOf({ hookId, payloadVersion }: { hookId: string; payloadVersion: string }): HookRecord {
  return { hookId, payloadVersion };
}
