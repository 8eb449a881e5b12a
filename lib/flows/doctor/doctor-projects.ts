import type { Connection } from '../../core/connection.ts';
import { Stop } from '../../core/errors.ts';
import type { AuditEntry } from '../../core/links.ts';
import type { Project } from '../../core/procore-records.ts';
import { namesProject } from '../../core/rules/rule.ts';
import type { Inspection } from '../../procore/inspection.ts';
import { historyOfConnection } from '../connections/connection-trail.ts';
import type { Deployment } from '../deployment.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine } from './finding.ts';
import { counted, listed } from './in-words.ts';
import type { MappingTables } from './mapping-tables.ts';
import { readMappings } from './mapping-tables.ts';

/** What is known of the projects: those that Procore shows, and of the active ones those that are mapped. */
export interface ProjectsSeen {
  findings: Finding[];
  /** Active ones; undefined where Procore did not tell. */
  visible?: Project[];
  mapped: Project[];
}

/** Which projects the service account sees, and whether those that people mapped are among them. */
export async function checkProjects(
  connection: Connection,
  deployment: Deployment,
  inspection: Inspection,
): Promise<ProjectsSeen> {
  let all: Awaited<ReturnType<Inspection['projects']>> = [];
  const company = await examine('procore company', async () => {
    all = await inspection.projects();
    if (all.length > 0) return { level: 'ok', says: permitted(all) };
    throw new Stop('procore-forbidden', { facts: { company: connection.procore.companyId, projects: 0 } });
  });
  if (company.level !== 'ok') return { findings: [company], mapped: [] };
  const visible = all.filter(({ active }) => active);
  let mapped: Project[] = [];
  const named = await examine('named projects', async () => {
    const tables = await readMappings(connection, deployment);
    mapped = visible.filter((project) => tables.named.some((text) => namesProject(text, project)));
    const missing = tables.named.filter((text) => !visible.some((project) => namesProject(text, project)));
    return verdict(missing, tables, mapped, all, await projectsOnceSeen(connection, deployment));
  });
  return { findings: [company, named], visible, mapped };
}

function permitted(all: Project[]): string {
  const names = listed(all.map(({ name }) => name));
  return `The service account sees ${counted(all.length, 'project')}: ${names}. New projects are not permitted by themselves.`;
}

function verdict(
  missing: string[],
  { written }: MappingTables,
  mapped: Project[],
  all: (Project & { active: boolean })[],
  onceSeen: (text: string) => boolean,
): Verdict {
  if (missing.length === 0) {
    return {
      level: 'ok',
      says: `All ${mapped.length} projects that the tables name are permitted and active.`,
    };
  }
  const kindOf = (text: string) => {
    if (all.some((project) => namesProject(text, project))) return 'inactive';
    return onceSeen(text) || onceSeen(written(text)) ? 'lost' : 'never';
  };
  const kinds = Object.groupBy(missing, kindOf);
  const [inactive, lost, never] = (['inactive', 'lost', 'never'] as const).map((kind) =>
    (kinds[kind] ?? []).map(written),
  ) as [string[], string[], string[]];
  const says = [
    lost.length > 0 && `No longer permitted for the app, though it was: ${listed(lost)}.`,
    never.length > 0 && `Never permitted for the app, or written wrong in the tables: ${listed(never)}.`,
    inactive.length > 0 && `Inactive in Procore: ${listed(inactive)}.`,
    'Orders for these projects are parked.',
  ];
  const fixes = [
    lost.length > 0 && "Permit them again in Procore's App Management.",
    never.length > 0 &&
      "Permit them in Procore's App Management, which no new project is by itself, or correct them with `ml-connector projects import`.",
    inactive.length > 0 && 'Set them active in Procore, unless the job is over.',
  ];
  return {
    level: lost.length + never.length > 0 ? 'problem' : 'warning',
    code: lost.length > 0 ? 'procore-project-not-permitted' : 'project-not-visible',
    says: says.filter(Boolean).join(' '),
    fix: fixes.filter(Boolean).join(' '),
  };
}

/** Whether a text names a project that was permitted once, by the connection's own trail. */
async function projectsOnceSeen(
  { id, lostProjects = [] }: Connection,
  deployment: Deployment,
): Promise<(text: string) => boolean> {
  const history = await historyOfConnection(deployment, id);
  const seen = new Set([...lostProjects, ...history.flatMap(namesIn)].map((name) => name.toLowerCase()));
  return (text) => seen.has(text.toLowerCase());
}

function namesIn({ detail }: AuditEntry): string[] {
  return Object.entries(detail).flatMap(([key, value]) =>
    ['projects', 'project numbers', 'lost', 'regained'].includes(key) && Array.isArray(value) ? value : [],
  );
}
