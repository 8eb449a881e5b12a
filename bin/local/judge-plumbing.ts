import type { LocalAws } from '../../lib/sandbox/aws/local-aws.ts';
import type { Company } from '../../lib/sandbox/procore/records.ts';

/** Names what went wrong besides the documents: a missing webhook, deliveries that failed, messages given up. */
export function plumbingTroubles(company: Company, aws: Pick<LocalAws, 'outputs' | 'queues'>): string[] {
  const address = aws.outputs.ProcoreWebhookUrl;
  const hooks = [...company.hooks.values()].filter(({ destinationUrl }) => destinationUrl === address);
  const deliveries = hooks.flatMap((hook) => hook.deliveries);
  const failed = deliveries.filter(({ outcome }) => outcome !== 'ok');
  const givenUp = Object.entries(aws.queues()).filter(
    ([name, { visible }]) => name.includes('DeadLetters') && visible > 0,
  );
  return [
    ...(hooks.some(({ status }) => status === 'active') ? [] : [`Procore has no webhook to ${address}`]),
    ...(deliveries.length > 0 ? [] : ['Procore told nothing of what was written']),
    ...failed.map(({ status, error }) => `A webhook of Procore was answered with ${status ?? error}`),
    ...hooks
      .filter(({ waiting }) => waiting.length > 0)
      .map(({ waiting }) => `${waiting.length} events wait in Procore`),
    ...givenUp.map(([name, { visible }]) => `${visible} messages were given up: ${name}`),
  ];
}

/** How many events Procore has told the connector of, most of them its own writes. */
export function eventsTold(company: Company): number {
  return [...company.hooks.values()].reduce((sum, { deliveries }) => sum + deliveries.length, 0);
}
