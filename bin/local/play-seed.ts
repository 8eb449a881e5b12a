import { LANES } from '../../lib/core/priority.ts';
import { connect } from '../../lib/flows/connect/connect.ts';
import { importMappings } from '../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../lib/flows/mappings/import-projects.ts';
import type { DemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../lib/sandbox/seed/contractor.ts';
import { differences, expectedOf } from './judge.ts';
import { approvalTroubles } from './judge-approvals.ts';
import { eventsTold, plumbingTroubles } from './judge-plumbing.ts';
import type { LocalOptions } from './options.ts';
import { procoreContent } from './procore-content.ts';
import { countDocuments, showProgress } from './progress.ts';
import { report } from './report.ts';
import type { LocalRun } from './start.ts';

/** Whoever decides what is held in the made-up books; her mail is shown where it arrives. */
const APPROVER = { name: 'Dana Reyes', email: 'dana@example.com' };

/**
 * Connects the seeded contractor, lets the connector carry everything over, shows what came of it, and says whether
 * it is what the contractor's accountant expects.
 */
export async function playSeed(
  run: LocalRun & { demo: DemoVendors },
  options: Pick<LocalOptions, 'json' | 'once'>,
  startedAt: number,
  say: (line: string) => void,
): Promise<boolean> {
  const { aws, deployment, reference, demo } = run;
  say(`Connecting ${CONTRACTOR.name} …`);
  const { settings, ...file } = demo.connectionFile;
  const connection = { ...file, settings: { ...settings, approvers: [APPROVER] } };
  const { connectionId } = await connect(connection, deployment, { by: 'local run', reference });
  await importMappings(connectionId, RULES_CSV, deployment);
  await importProjects(connectionId, PROJECTS_CSV, deployment);
  const { clientId } = DEMO_CREDENTIALS.xero;
  demo.xero.setWebhookUrl(clientId, `${aws.urls.api}/webhooks/xero`);
  if (!(await demo.xero.sendIntentToReceive(clientId)))
    throw new Error('The webhook did not pass its intent to receive');

  // Otherwise the approver would be asked for her address within the hour.
  await aws.invoke('RemindApprovers', { job: 'remind' });

  say('Carrying the books over …');
  const progress = showProgress(aws, deployment);
  const polled = await aws.invoke(aws.outputs.PollXeroFunctionName!, { job: 'sweep' });
  if (!polled.ok) throw new Error(`poll-xero failed: ${JSON.stringify(polled.error)}`);
  await untilCarried(run, connectionId);
  await demo.procore.webhooks.settle();
  await untilCarried(run, connectionId);
  progress.stop();

  const documents = await deployment.documents.list(connectionId);
  const company = demo.procore.companies.get(CONTRACTOR.procoreCompanyId)!;
  const content = procoreContent(company);
  const wrong = [
    ...differences(expectedOf(demo.today), documents, content),
    ...plumbingTroubles(company, aws),
    ...(await approvalTroubles(documents, aws)),
  ];
  const { posted, parked, rejected, ...counts } = await countDocuments(deployment);
  const summary = {
    ok: wrong.length === 0,
    documents: {
      posted,
      awaitingApproval: counts['awaiting-approval'],
      parked,
      leftOut: counts['left-out'],
      rejected,
    },
    procore: content.counts,
    eventsFromProcore: eventsTold(company),
    calls: { xero: demo.xero.calls.total(), procore: sum(demo.procore.calls.values()) },
    seconds: (Date.now() - startedAt) / 1000,
  };
  if (!options.json) process.stdout.write(`${report(content, documents)}\n`);
  say(`${summary.calls.xero} calls to Xero and ${summary.calls.procore} to Procore in ${summary.seconds} s.`);
  for (const difference of wrong) say(`Wrong: ${difference}`);
  if (options.json && options.once) process.stdout.write(`${JSON.stringify(summary)}\n`);
  return summary.ok;
}

/** A run that was killed may have left documents to a worker that is no more: the minute's tick finds that out. */
async function untilCarried({ aws, deployment }: LocalRun, connectionId: string): Promise<void> {
  for (;;) {
    await aws.waitUntilIdle();
    const now = deployment.clock.now().toISOString();
    const left = await Promise.all(
      LANES.map((lane) => deployment.handedOver[lane].due(connectionId, now, 1)),
    );
    if (left.flat().length === 0) return;
    await deployment.clock.sleep(5000);
    await aws.invoke(aws.outputs.PollXeroFunctionName!, { job: 'poll' });
  }
}

function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
