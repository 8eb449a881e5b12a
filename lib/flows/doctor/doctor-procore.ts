import type { Connection } from '../../core/connection.ts';
import type { Project } from '../../core/procore-records.ts';
import { createInspection } from '../../procore/inspection.ts';
import { openProjectTool, procoreOptions } from '../clients.ts';
import type { Deployment } from '../deployment.ts';
import { tokenSource } from '../tokens/access-tokens.ts';
import { checkPermissions } from './doctor-permissions.ts';
import { checkProjects } from './doctor-projects.ts';
import { checkSwitches } from './doctor-switches.ts';
import type { Finding } from './finding.ts';
import { examine, warning } from './finding.ts';
import { listed } from './in-words.ts';

/** Each project costs some calls: of a large company the first so many are asked into. */
const MOST_PROJECTS = 25;

/** Token, company, projects, permissions, and whether what stands there can be billed. */
export async function checkProcore(
  connection: Connection,
  deployment: Deployment,
): Promise<{ findings: Finding[]; visible?: Project[] }> {
  const token = await examine('procore token', async () => {
    await tokenSource(deployment, connection, 'procore').current();
    return { level: 'ok', says: 'Procore accepts the service account.' };
  });
  if (token.level !== 'ok') return { findings: [token] };
  const inspection = createInspection(procoreOptions(deployment, connection));
  const { findings, visible, mapped } = await checkProjects(connection, deployment, inspection);
  if (!visible) return { findings: [token, ...findings] };
  const asked = mapped.slice(0, MOST_PROJECTS);
  return {
    visible,
    findings: [
      token,
      ...findings,
      ...(await checkPermissions(inspection, asked, mapped.length)),
      await examine('billing periods', () => openPeriods(connection, deployment, asked)),
      ...(await checkSwitches(connection, deployment, inspection, asked)),
    ],
  };
}

async function openPeriods(connection: Connection, deployment: Deployment, projects: Project[]) {
  const tool = openProjectTool(deployment, connection);
  const without: string[] = [];
  for (const { id, name } of projects) {
    const periods = await tool.billingPeriods(id);
    if (!periods.some(({ status }) => status === 'open')) without.push(name);
  }
  if (without.length === 0) {
    return { level: 'ok' as const, says: 'Every mapped project has an open billing period.' };
  }
  return warning(
    `No billing period is open in ${listed(without)}; orders get no draft requisition there.`,
    'Open a billing period in Procore, unless the project is not to be billed.',
  );
}
