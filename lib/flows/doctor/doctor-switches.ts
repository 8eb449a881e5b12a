import type { Connection } from '../../core/connection.ts';
import type { Project } from '../../core/procore-records.ts';
import type { Inspection, Switches } from '../../procore/inspection.ts';
import type { Deployment } from '../deployment.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, warning } from './finding.ts';
import { counted, listed } from './in-words.ts';

/** How many commitments of a project are looked at, the newest first. */
const SAMPLES = 2;

/** How many posted orders are gone through for samples. */
const MOST_ORDERS = 100;

interface Sample {
  project: Project;
  number: string;
  commitmentId: string;
}

/** Whether the newest commitments that the connector made can still be invoiced and paid. */
export async function checkSwitches(
  connection: Connection,
  deployment: Deployment,
  inspection: Inspection,
  projects: Project[],
): Promise<Finding[]> {
  return [
    await examine('invoicing switches', async () => {
      const samples = await newestCommitments(connection, deployment, projects);
      const seen: { sample: Sample; switches: Switches }[] = [];
      for (const sample of samples) {
        const switches = await inspection.switches(sample.project.id, sample.commitmentId);
        if (switches) seen.push({ sample, switches });
      }
      return verdict(seen);
    }),
  ];
}

async function newestCommitments(
  { id }: Connection,
  { documents, links }: Deployment,
  projects: Project[],
): Promise<Sample[]> {
  const posted = (await documents.list(id, { state: 'posted' })).reverse().slice(0, MOST_ORDERS);
  const samples: Sample[] = [];
  for (const { id: documentId, number } of posted) {
    if (samples.length >= projects.length * SAMPLES) break;
    for (const { projectId, commitmentId, invoicing } of await links.commitments(id, documentId)) {
      const project = projects.find((candidate) => candidate.id === projectId);
      const taken = samples.filter((sample) => sample.project.id === projectId).length;
      if (project && invoicing && taken < SAMPLES) samples.push({ project, number, commitmentId });
    }
  }
  return samples;
}

function verdict(seen: { sample: Sample; switches: Switches }[]): Verdict {
  if (seen.length === 0)
    return { level: 'ok', says: 'There is no commitment yet whose switches could be looked at.' };
  const wrong = seen.flatMap(({ sample, switches }) => {
    const what = wrongWith(switches);
    return what.length === 0 ? [] : [`${sample.number} in ${sample.project.name} (${listed(what)})`];
  });
  const looked = counted(seen.length, 'newest commitment');
  if (wrong.length > 0) {
    return {
      level: 'problem',
      says: `Of the ${looked}, these cannot be billed as they are: ${listed(wrong)}.`,
      fix: "Set the switches in the commitment's Advanced Settings in Procore: invoices and payments on, subcontractor SOV off.",
    };
  }
  if (seen.some(({ switches }) => switches.invoices === undefined || switches.payments === undefined)) {
    return warning(
      'Procore does not say whether the newest commitments allow invoices and payments.',
      "Look in the commitment's Advanced Settings in Procore.",
    );
  }
  return { level: 'ok', says: `The ${looked} of the mapped projects can be invoiced and paid.` };
}

function wrongWith({ invoices, payments, subcontractorSov }: Switches): string[] {
  return [
    ...(invoices === false ? ['invoices are off'] : []),
    ...(payments === false ? ['payments are off'] : []),
    ...(subcontractorSov === true ? ["the subcontractor's SOV is on"] : []),
  ];
}
