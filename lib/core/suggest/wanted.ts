import type { AllocationTables } from '../allocate.ts';
import { projectOf } from '../allocate.ts';
import type { SeenDocument } from '../coverage/sums.ts';
import type { DocumentLine } from '../documents.ts';
import { isRemark } from '../eligibility.ts';
import { NeedsPerson } from '../errors.ts';
import type { Project } from '../procore-records.ts';
import type { XeroAccount, XeroItem } from '../xero-records.ts';
import type { Wanted } from './rule-world.ts';

/** The lines of documents by what rules look at. Those without an account are for people to mend in Xero. */
export function wantedOf(documents: SeenDocument[], tables: AllocationTables): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const line of documents.flatMap(({ lines }) => lines)) {
    if (isRemark(line) || line.account === undefined) continue;
    const project = projectIfKnown(line, tables);
    const { account, item, tracking } = line;
    const key = JSON.stringify([account, item, tracking, project?.id]);
    const alike = wanted.get(key) ?? { line, project, lines: 0 };
    wanted.set(key, { ...alike, lines: alike.lines + 1 });
  }
  return [...wanted.values()];
}

/** Xero's account types that purchases are booked on; banks, revenue and debts are no costs of a job. */
const COSTS = new Set(['DIRECTCOSTS', 'EXPENSE', 'OVERHEADS', 'INVENTORY', 'FIXED']);

/** What could come up although no line has it yet. */
export function wantedUnseen(accounts: XeroAccount[], items: XeroItem[]): Wanted[] {
  return [
    ...accounts
      .filter(({ active, type }) => active && COSTS.has(type))
      .flatMap(({ id, code }) =>
        code === undefined ? [] : [{ account: code, accountId: id, tracking: [] }],
      ),
    ...items.map(({ id, code }) => ({ item: code, itemId: id, tracking: [] })),
  ].map((line) => ({ line, lines: 0 }));
}

function projectIfKnown(line: DocumentLine, tables: AllocationTables): Project | undefined {
  try {
    return projectOf(line, tables);
  } catch (error) {
    if (error instanceof NeedsPerson) return undefined;
    throw error;
  }
}
