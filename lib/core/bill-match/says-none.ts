import type { BillToMatch } from './matchable.ts';

const NUMBER = String.raw`(?:\s?(?:no|nr|num|number|ref)\b\.?)?`;
const ORDER = String.raw`\b(?:purchase order|order|p\.?\s?o\b\.?)${NUMBER}`;
/** `no PO`, `without an order`; `PO: none`, `order no: n/a`; goods that somebody bought in the shop. */
const NONE = new RegExp(
  [
    String.raw`\b(?:no|without(?: an?)?)\s+${ORDER}(?!\s*[:#]?\s*\w*\d)`,
    String.raw`${ORDER}\s*[:#=-]?\s*(?:none|nil|n\/a|not (?:applicable|given|quoted))(?!\w)`,
    String.raw`\b(?:not (?:part of|on|against|under|covered by)|outside(?: of)?)\s+(?:the |this |your |our |any )?${ORDER}(?!\s*[:#]?\s*\w*\d)`,
    String.raw`\b(?:over the )?counter (?:sale|collection|purchase)s?\b|\bcash sale\b`,
  ].join('|'),
  'i',
);

/** Whether a bill says in words that there is no order for it. */
export function saysNone({ number, lines }: BillToMatch): boolean {
  return [number, ...lines.map(({ description }) => description)].some((text) => NONE.test(text));
}
