import { expect } from '@jest/globals';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { doctor } from '../../lib/flows/doctor/doctor.ts';
import type { Finding } from '../../lib/flows/doctor/finding.ts';
import { putSecret } from '../../lib/flows/tokens/secrets.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../lib/sandbox/seed/contractor.ts';
import type { Scene } from './scene.ts';

type Examined = Pick<Scene, 'deployment'>;

/** The one finding of a check. */
export async function about({ deployment }: Examined, check: string): Promise<Finding> {
  const found = (await doctor(deployment)).findings.filter((finding) => finding.check === check);
  expect(found).toHaveLength(1);
  return found[0]!;
}

export async function checksOf({ deployment }: Examined): Promise<string[]> {
  return (await doctor(deployment)).findings.map(({ check }) => check);
}

/** Gives the connection, without anybody having asked for it, a consent of these scopes alone. */
export async function consentTo({ demo, deployment, connectionId }: Scene, scopes: string[]): Promise<void> {
  const { clientId } = DEMO_CREDENTIALS.xero;
  const refreshToken = demo.xero.authorise(clientId, CONTRACTOR.tenantId, ['offline_access', ...scopes]);
  await putSecret(deployment, connectionId, 'xero-refresh-token', refreshToken);
  await putSecret(deployment, connectionId, 'xero-access-token', 'run out', { expiresAt: new Date(0) });
}

/** The same deployment on a machine whose clock is off by so many milliseconds. */
export function withClockOff(deployment: Deployment, milliseconds: number): Deployment {
  const { clock } = deployment;
  return {
    ...deployment,
    clock: { ...clock, now: () => new Date(clock.now().getTime() + milliseconds) },
  };
}
