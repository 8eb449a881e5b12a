/** What becomes of a message: dealt with, delivered again by the queue, or put back for a while. */
export type Verdict = 'done' | 'retry' | { postponeSeconds: number };

/**
 * Puts postponed work back as new messages, put off for as long as it has to wait: waiting for a vendor's window
 * must not use up the deliveries after which the queue gives a message up. Returns the ids that the queue is to
 * deliver again, among them those that could not be put back.
 */
export async function settle(
  messages: { id: string; body: string }[],
  verdicts: Map<string, Verdict>,
  putBack: (bodies: string[], delaySeconds: number) => Promise<void>,
): Promise<string[]> {
  const failed: string[] = [];
  const waits = new Map<number, typeof messages>();
  for (const message of messages) {
    const verdict = verdicts.get(message.id) ?? 'retry';
    if (verdict === 'retry') failed.push(message.id);
    else if (verdict !== 'done') {
      const { postponeSeconds } = verdict;
      waits.set(postponeSeconds, [...(waits.get(postponeSeconds) ?? []), message]);
    }
  }
  for (const [delaySeconds, postponed] of waits) {
    try {
      await putBack(
        postponed.map(({ body }) => body),
        delaySeconds,
      );
    } catch {
      failed.push(...postponed.map(({ id }) => id));
    }
  }
  return failed;
}
