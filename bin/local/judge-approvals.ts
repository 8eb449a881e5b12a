import type { DocumentRecord } from '../../lib/core/links.ts';
import type { LocalAws } from '../../lib/sandbox/aws/local-aws.ts';

/** Names what went wrong with approvals: somebody was not mailed about what is held, or a link opens no page. */
export async function approvalTroubles(
  documents: DocumentRecord[],
  aws: Pick<LocalAws, 'mails'>,
): Promise<string[]> {
  const troubles: string[] = [];
  for (const { number } of documents.filter(({ state }) => state === 'awaiting-approval')) {
    const mail = aws.mails().find(({ subject }) => subject.includes(number));
    const link = mail && linkIn(mail.text);
    if (link === undefined) {
      troubles.push(`Nobody was mailed about ${number}, which is held`);
      continue;
    }
    const { status } = await fetch(link);
    if (status !== 200) troubles.push(`The link about ${number} was answered with ${status}`);
  }
  return troubles;
}

/** What the reader of a mail clicks on. */
export function linkIn(text: string): string | undefined {
  return /^https?:\S+$/m.exec(text)?.[0];
}
