import { openReferenceQueue } from '../../aws/reference-queue.ts';
import type { Clock, Log } from '../../core/ports.ts';
import { systemClock } from '../../core/ports.ts';
import { openConsents } from '../../store/consents.ts';
import { openTable } from '../../store/table.ts';
import type { AwsClients } from '../deployment.ts';
import { newClients, openDeployment } from '../deployment.ts';
import type { Environment } from '../environment.ts';
import { requireEnvironment } from '../environment.ts';
import type { ConsentDeployment } from './attempt.ts';

/** Opens what the environment names. Throws Stop('configuration-missing') naming all that lacks. */
export function openConsentDeployment(
  environment: Environment,
  log: Log,
  clock: Clock = systemClock,
  clients: AwsClients = newClients(),
): ConsentDeployment {
  const { TABLE_NAME, CONNECT_URL } = requireEnvironment(environment, 'TABLE_NAME', 'CONNECT_URL');
  const { REFERENCE_QUEUE_URL } = environment;
  return {
    ...openDeployment(environment, log, clock, clients),
    consents: openConsents(openTable(clients.dynamodb, TABLE_NAME)),
    connectUrl: CONNECT_URL.replace(/\/$/, ''),
    ...(REFERENCE_QUEUE_URL && { reference: openReferenceQueue(clients.sqs, REFERENCE_QUEUE_URL) }),
  };
}
