import { readInput } from '../cli/files.ts';
import type { Io } from '../cli/io.ts';
import { say } from '../cli/io.ts';
import { table, wrap } from '../cli/table.ts';
import { BILL_MATCHERS } from './bill-matchers.ts';
import type { BillScore } from './bill-score.ts';
import { scoreBills } from './bill-score.ts';
import { readLabelledBills } from './labelled-bills.ts';
import { nowAndThen } from './now-and-then.ts';

export const BILLS_HELP = `
The file is JSON. Each bill is matched alone with all orders of its book:

  {"books": {"NAME": {"country": "US", "currency": "USD", "orders": [
     {"number": "PO-0107", "contact": "Hudson Concrete", "date": "2026-11-02", "status": "AUTHORISED",
      "currency": "USD", "lines": [["description", "item", "account", "project", 1250.00]]}]}},
   "bills": [
     {"id": "1", "book": "NAME", "ref": "INV-8831 / PO-0107", "contact": "Hudson Concrete", "date": "2026-11-20",
      "currency": "USD", "lines": [["description", "item", "account", "project", "1250.00"]],
      "expect": ["PO-0107"]}]}

expect is the orders that the bill is for, "NONE" where it is for none, or "ASK" where a person must decide. Amounts are
net, numbers or text. item, account and project may be null. automatic and wrong are shares of all bills.

Examples:
  npm run evaluate -- bills our-bills.json
  npm run evaluate -- bills our-bills.json --json | tail -n 1`;

/** Scores the labelled bills of a file, and shows the score beside two simpler ways. Throws BadInput. */
export async function evaluateBills(file: string, json: boolean | undefined, io: Io): Promise<void> {
  const labelled = readLabelledBills(await readInput(file, io));
  const scores = Object.entries(BILL_MATCHERS).map(([name, matcher]) => {
    const tell = nowAndThen((count: number) =>
      say(io, `${name}: bill ${count} of ${labelled.bills.length} …`),
    );
    return [name, scoreBills(labelled, matcher, tell)] as const;
  });
  const [[, own]] = scores as [(typeof scores)[number]];
  io.stdout.write(`${scoresAsTable(scores)}\n${missesInWords(own)}\n`);
  if (json) io.stdout.write(`${JSON.stringify(own)}\n`);
}

function scoresAsTable(scores: (readonly [string, BillScore])[]): string {
  const head = ['', 'total', 'automatic', 'wrong'];
  const rows = scores.map(([name, { total, automatic, wrong }]) => [
    name,
    String(total),
    percent(automatic),
    percent(wrong),
  ]);
  return table(head, rows, head.slice(1));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

function missesInWords({ misses }: BillScore): string {
  if (misses.length === 0) return 'The matcher misses none.';
  const rows = misses.map(({ id, book, ref, answer, expected, wrong, reason }) =>
    [id, book, ref, answer, expected, wrong ? 'wrong' : 'asked', reason].map((text) => wrap(text, 40)),
  );
  const head = ['Bill', 'Book', 'Reference', 'Answered', 'Expected', '', 'Went by'];
  return `What the matcher misses:\n${table(head, rows)}`;
}
