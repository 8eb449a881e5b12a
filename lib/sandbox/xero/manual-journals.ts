import type { ManualJournal } from './documents.ts';
import type { Resource } from './resource.ts';
import { accountOf, showTracking } from './show-parts.ts';

export const manualJournals: Resource<ManualJournal> = {
  name: 'ManualJournals',
  hasFiles: true,
  scopes: ['accounting.manualjournals', 'accounting.transactions'],
  id: 'ManualJournalID',
  records: (books) => books.manualJournals.values(),
  show: (journal, books, unverified) => ({
    ...journal,
    ShowOnCashBasisReports: true,
    JournalLines: journal.JournalLines.map((line) => ({
      TaxType: 'NONE',
      TaxAmount: 0,
      ...line,
      ...accountOf(books, line.AccountCode),
      Tracking: showTracking(books, line.Tracking ?? [], unverified),
      IsBlank: false,
    })),
  }),
  paging: 'on-request',
  modifiedSince: true,
  where: true,
  summarise: (journal) => ({ ...journal, JournalLines: [] }),
};
