import type { DocumentLine } from '../documents.ts';
import { formatMoney } from '../money.ts';
import type { WrittenSovLine } from '../procore-records.ts';
import type { RuleTarget } from '../rules/rule.ts';

/** A line of an order and the line of a commitment that stands for it. */
export type LinePair = [line: DocumentLine, written: WrittenSovLine];

/**
 * Which line of a commitment stands for which line of the order: the connector's own by their origin, those that
 * people typed by amount and text, else by an amount that no other line has. Lines that fit no single one have no pair.
 */
export function matchLines(lines: DocumentLine[], written: WrittenSovLine[]): LinePair[] {
  const keys: ((it: DocumentLine | WrittenSovLine) => string | undefined)[] = [
    (it) => ('net' in it ? `xero:line:${it.id}` : it.originId),
    (it) => `${amountOf(it)} ${plain(it.description ?? '')}`,
    (it) => (amountOf(it) === '0.00' ? undefined : amountOf(it)),
  ];
  const left = { lines: new Set(lines), written: new Set(written) };
  const pairs: LinePair[] = [];
  for (const keyOf of keys) {
    const byKey = Map.groupBy(left.written, keyOf);
    for (const [key, same] of Map.groupBy(left.lines, keyOf)) {
      const [other, ...others] = byKey.get(key) ?? [];
      if (key === undefined || !other || same.length > 1 || others.length > 0) continue;
      pairs.push([same[0]!, other]);
      left.lines.delete(same[0]!);
      left.written.delete(other);
    }
  }
  return pairs;
}

/** What a line is booked on, as a rule would say it; undefined where Procore does not tell. */
export function targetOf({ costCode, costType, wbsCode }: WrittenSovLine): RuleTarget | undefined {
  if (!costCode || !costType) return wbsCode && { wbsCode: wbsCode.code };
  // Further segments than these two are named by the whole code alone.
  const both = `${costCode.code}.${costType.code}`;
  if (wbsCode && wbsCode.code !== both) return { wbsCode: wbsCode.code };
  return { costCode: costCode.code, costType: costType.code };
}

function amountOf(it: DocumentLine | WrittenSovLine): string {
  return formatMoney('net' in it ? it.net : it.amount);
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(' ');
}
