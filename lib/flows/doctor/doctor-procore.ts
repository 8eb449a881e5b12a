import type { ProjectRule } from '../../core/allocate.ts';
import type { Connection } from '../../core/connection.ts';
import type { CostCodeRule } from '../../core/cost-code-rules.ts';
import { namesProject } from '../../core/cost-code-rules.ts';
import { Stop } from '../../core/errors.ts';
import type { Project } from '../../core/procore-records.ts';
import { openProjectTool } from '../clients.ts';
import type { Deployment } from '../deployment.ts';
import { tokenSource } from '../tokens/access-tokens.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, warning } from './finding.ts';

/** Token, company, and whether the projects that people named are to be seen and can be billed. */
export async function checkProcore(connection: Connection, deployment: Deployment): Promise<Finding[]> {
  const token = await examine('procore token', async () => {
    await tokenSource(deployment, connection, 'procore').current();
    return { level: 'ok', says: 'Procore accepts the service account.' };
  });
  if (token.level !== 'ok') return [token];
  const tool = openProjectTool(deployment, connection);
  let projects: Project[] = [];
  const company = await examine('procore company', async () => {
    projects = await tool.projects();
    if (projects.length > 0) return { level: 'ok', says: `The company shows ${projects.length} projects.` };
    throw new Stop('procore-forbidden', { facts: { company: connection.procore.companyId, projects: 0 } });
  });
  if (company.level !== 'ok') return [token, company];
  const named = await namedProjects(connection, deployment);
  const visible = projects.filter((project) => named.some((text) => namesProject(text, project)));
  return [
    token,
    company,
    await examine('named projects', async () => missingProjects(named, visible)),
    await examine('billing periods', async () => {
      const open = await Promise.all(
        visible.map(async ({ id }) =>
          (await tool.billingPeriods(id)).some(({ status }) => status === 'open'),
        ),
      );
      const without = visible.filter((_project, index) => !open[index]).map(({ name }) => name);
      if (without.length === 0)
        return { level: 'ok', says: 'Every mapped project has an open billing period.' };
      return warning(
        `No billing period is open in ${without.join(', ')}; orders get no draft requisition there.`,
        'Open a billing period in Procore, unless the project is not to be billed.',
      );
    }),
  ];
}

/** Every text that stands for a project: in both tables and in the settings. */
async function namedProjects({ id, settings }: Connection, { tables }: Deployment): Promise<string[]> {
  const projects = (await tables.read(id, 'projects')).rows as ProjectRule[];
  const rules = (await tables.read(id, 'cost-codes')).rows as CostCodeRule[];
  const named = [...projects, ...rules].flatMap(({ project }) => (project === undefined ? [] : [project]));
  return [
    ...new Set([...named, ...(settings.defaultProject === undefined ? [] : [settings.defaultProject])]),
  ];
}

function missingProjects(named: string[], visible: Project[]): Verdict {
  const missing = named.filter((text) => !visible.some((project) => namesProject(text, project)));
  if (missing.length > 0) throw new Stop('project-not-visible', { facts: { projects: missing } });
  return { level: 'ok', says: `All ${visible.length} projects that the tables name are visible.` };
}
