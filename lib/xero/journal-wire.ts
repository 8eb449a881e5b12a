import * as z from 'zod/mini';
import type { Journal, JournalLine } from '../core/documents.ts';
import { ZERO } from '../core/money.ts';
import { id, optionalAmount, optionalText, present } from '../http/fields.ts';
import { documentWire, reader, toDocument } from './document-wire.ts';
import type { LineAmountTypes } from './line-wire.ts';
import { toTracking, trackingWire } from './line-wire.ts';

const journalLineWire = z.object({
  LineAmount: optionalAmount,
  TaxAmount: optionalAmount,
  Description: optionalText,
  AccountCode: optionalText,
  AccountID: optionalText,
  Tracking: z.optional(z.nullable(z.array(trackingWire))),
});

const journalWire = z.extend(documentWire, {
  ManualJournalID: id,
  Narration: optionalText,
  LineAmountTypes: optionalText,
  JournalLines: z.array(journalLineWire),
});

/** Long enough to tell journals apart in a table. */
const LONGEST_NUMBER = 60;

/** Reads one record of `ManualJournals`. */
export const readJournal = reader(
  journalWire,
  'ManualJournalID',
  (wire): Journal =>
    present({
      kind: 'journal' as const,
      id: wire.ManualJournalID,
      number: (wire.Narration ?? '').replace(/\s+/g, ' ').slice(0, LONGEST_NUMBER),
      ...toDocument(wire),
      lines: wire.JournalLines.flatMap((line, place) => toJournalLine(line, place, wire.LineAmountTypes)),
    }),
);

function toJournalLine(
  line: z.infer<typeof journalLineWire>,
  place: number,
  types: LineAmountTypes,
): JournalLine[] {
  if (line.LineAmount === undefined) return [];
  const tax = types === 'Inclusive' ? (line.TaxAmount ?? ZERO) : ZERO;
  return [
    present({
      id: String(place),
      description: line.Description ?? '',
      net: line.LineAmount.minus(tax),
      account: line.AccountCode,
      accountId: line.AccountID,
      tracking: (line.Tracking ?? []).map(toTracking),
    }),
  ];
}
