import { CODES } from '../../core/codes.ts';
import type { AuditEntry } from '../../core/links.ts';

const WORDS: Partial<Record<AuditEntry['event'], string>> = {
  received: 'Came in',
  fetched: 'Read from Xero',
  planned: 'Planned',
  written: 'Written to Procore',
  posted: 'Stands in Procore',
  parked: 'Parked',
  'left-out': 'Left out',
  retried: 'Taken up again',
  failed: 'Failed',
  flagged: 'Held for approval',
  asked: 'Asked by mail',
  approved: 'Approved',
  rejected: 'Rejected',
  reminded: 'Reminded',
  escalated: 'Asked the next in line',
  withdrawn: 'Withdrawn: it is not to be carried any more',
  released: 'Needs no approval any more',
  superseded: 'Changed; an earlier question or approval is over',
};

/** What the history tells of an event, besides what it is called. */
const TOLD = ['by', 'reason', 'approvers', 'step', 'budgets', 'over-billed', 'status', 'amount'];

/** A document's trail as a person reads it, the latest first. */
export function historyInWords(entries: AuditEntry[]): { at: string; what: string }[] {
  return entries
    .map(({ at, event, detail }) => {
      const { code = '' } = detail;
      const says = String(code) in CODES ? CODES[String(code) as keyof typeof CODES].says : '';
      const facts = TOLD.filter((name) => detail[name] !== undefined && name !== 'code').map(
        (name) => `${name}: ${[detail[name]!].flat().join('; ')}`,
      );
      return { at, what: [WORDS[event] ?? event, says, ...facts].filter(Boolean).join(' – ') };
    })
    .toReversed();
}
