import type { Code } from './codes.ts';
import { CODES } from './codes.ts';
import type { DocumentRecord } from './links.ts';
import { formatMoney, money, sum } from './money.ts';

/** What one fix lets go on: documents parked for the same reason about the same thing. */
export interface ParkedCause {
  code: Code;
  says: string;
  fix: string;
  /** The thing that it is about, such as the supplier or the account. */
  about: Facts;
  /** What may be chosen, the likeliest first. */
  candidates: string[];
  documents: Pick<DocumentRecord, 'id' | 'kind' | 'number' | 'supplier' | 'total' | 'currency'>[];
  /** Decimal text by currency: what waits for the fix. */
  totals: Record<string, string>;
}

type Facts = NonNullable<DocumentRecord['facts']>;

/** What tells one document from another and not one cause from another. */
const OF_THE_DOCUMENT = new Set(['line', 'amount', 'candidates', 'lines', 'order', 'total', 'date']);

/** Groups parked documents by what must be fixed, that on which most documents hang first. */
export function groupByCause(records: DocumentRecord[]): ParkedCause[] {
  const parked = records.filter(({ state }) => state === 'parked');
  const groups = Map.groupBy(parked, ({ code, facts }) => JSON.stringify([code, aboutOf(facts)]));
  return [...groups.values()].map(toCause).toSorted((a, b) => b.documents.length - a.documents.length);
}

function toCause(records: DocumentRecord[]): ParkedCause {
  const { code, facts } = records[0]!;
  const { says, fix } = CODES[code as Code] ?? CODES.unexpected;
  const candidates = records.flatMap((record) => record.facts?.candidates ?? []).map(String);
  const byCurrency = Map.groupBy(records, ({ currency }) => currency);
  return {
    code: code as Code,
    says,
    fix,
    about: aboutOf(facts),
    candidates: [...new Set(candidates)],
    documents: records.map(({ id, kind, number, supplier, total, currency }) => ({
      id,
      kind,
      number,
      supplier,
      total,
      currency,
    })),
    totals: Object.fromEntries(
      [...byCurrency].map(([currency, some]) => [
        currency,
        formatMoney(sum(some.map(({ total }) => money(total)))),
      ]),
    ),
  };
}

function aboutOf(facts: Facts = {}): Facts {
  const entries = Object.entries(facts).filter(([name]) => !OF_THE_DOCUMENT.has(name));
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
