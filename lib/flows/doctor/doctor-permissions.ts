import type { Project } from '../../core/procore-records.ts';
import type { Inspection, Tool } from '../../procore/inspection.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine } from './finding.ts';
import { counted, listed } from './in-words.ts';

/** What is needed of each tool (Procore docs: Developer Managed Service Accounts; Webhooks). */
const NEEDED: Record<Tool, string> = {
  Commitments: 'Commitments Admin',
  Budget: 'Budget Read Only',
  Directory: 'as much of the company Directory as creates vendors',
  Webhooks: 'Webhooks Standard',
};

/** Without these no order reaches Procore; without the others it does. */
const ESSENTIAL: Tool[] = ['Commitments', 'Directory'];

const HONESTY = 'Whether it may write, too, shows only when it does';

interface Refused {
  tool: Tool;
  project?: string;
}

/** Whether the service account may read the tools that the connector works with, in these of the mapped projects. */
export async function checkPermissions(
  inspection: Inspection,
  projects: Project[],
  mapped: number,
): Promise<Finding[]> {
  return [
    await examine('tool permissions', async () => {
      const refused: Refused[] = [];
      for (const tool of ['Directory', 'Webhooks'] satisfies Tool[]) {
        if (!(await inspection.mayRead(tool))) refused.push({ tool });
      }
      for (const { id, name } of projects) {
        for (const tool of ['Commitments', 'Budget'] satisfies Tool[]) {
          if (!(await inspection.mayRead(tool, id))) refused.push({ tool, project: name });
        }
      }
      const asked = projects.length < mapped ? `the first ${projects.length} of ` : '';
      return verdict(refused, mapped === 0 ? undefined : `${asked}${counted(mapped, 'mapped project')}`);
    }),
  ];
}

function verdict(refused: Refused[], projects: string | undefined): Verdict {
  if (refused.length === 0) {
    const inProjects = projects === undefined ? '' : `, Commitments and Budget in ${projects}`;
    const needed = listed(Object.values(NEEDED));
    return {
      level: 'ok',
      says: `The service account may read Directory and Webhooks${inProjects}. ${HONESTY}: it needs ${needed}.`,
    };
  }
  const byTool = [...Map.groupBy(refused, ({ tool }) => tool)];
  const words = byTool.map(([tool, where]) => {
    const names = where.flatMap(({ project }) => project ?? []);
    return names.length === 0 ? `the company's ${tool}` : `${tool} in ${listed(names)}`;
  });
  const says = `The service account may not read ${words.join(', nor ')}.`;
  const needed = listed(byTool.map(([tool]) => NEEDED[tool]));
  const fix = `Give the app ${needed} in Procore, and check that the tools are switched on in these projects.`;
  if (!byTool.some(([tool]) => ESSENTIAL.includes(tool))) {
    return { level: 'warning', says: `${says} Orders are carried all the same.`, fix };
  }
  return { level: 'problem', code: 'procore-forbidden', says, fix };
}
