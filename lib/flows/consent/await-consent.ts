import { BadInput } from '../../core/errors.ts';
import type { Connected } from '../connect/connected.ts';
import type { Attempt, ConsentDeployment } from './attempt.ts';
import { readAttempt, refuseExpired } from './attempt.ts';

const PAUSE_MS = 1000;

/**
 * Waits until a person has consented and the connection stands. `onStep` hears how far they are. Throws
 * BadInput('consent-expired') after the timeout, at the end of the attempt's time, or where it is gone.
 */
export async function awaitConsent(
  attemptId: string,
  deployment: ConsentDeployment,
  { timeoutSeconds, onStep }: { timeoutSeconds: number; onStep: (step: Attempt['step']) => void },
): Promise<Connected> {
  const { clock, consents } = deployment;
  const begun = clock.now().getTime();
  let revision = 0;
  let step: Attempt['step'] | undefined;
  for (;;) {
    const stored = await consents.attempt(attemptId);
    if (stored?.revision !== revision) {
      const read = await readAttempt(deployment, attemptId);
      if (!read) throw new BadInput('consent-expired');
      const { attempt } = read;
      if (attempt.step === 'finished') return attempt.connected;
      refuseExpired(read, deployment);
      if (attempt.step !== step) onStep(attempt.step);
      ({ revision } = read);
      ({ step } = attempt);
    }
    const waited = Math.floor((clock.now().getTime() - begun) / 1000);
    const until = stored?.until ?? '';
    if (waited >= timeoutSeconds || clock.now().toISOString() > until) {
      throw new BadInput('consent-expired', {
        facts: { 'waited seconds': waited, 'link works until': until },
      });
    }
    await clock.sleep(PAUSE_MS);
  }
}
