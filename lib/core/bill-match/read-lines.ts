import type { Money } from '../money.ts';
import type { LineToMatch } from './matchable.ts';
import type { Words } from './words.ts';
import { readWords } from './words.ts';

/** A line, read for comparing. */
export interface ReadLine {
  net: Money;
  unitAmount?: Money | undefined;
  item?: string | undefined;
  account?: string | undefined;
  /** The option chosen of each tracking category. */
  tracking: ReadonlyMap<string, string>;
  words: Words;
  /** What comes with goods rather than being any: freight, surcharges, fees. */
  besides: boolean;
  /** A claim, or what is retained of one, says how much of an order is due, not what was bought. */
  claim: boolean;
  /** What is retained of a claim, or released. */
  retention: boolean;
  /** What keeps a business running and is hardly ever ordered by purchase order. */
  overhead: boolean;
}

const BESIDES =
  /^(vat|gst|hst|pst|qst|sales tax)\b|\b(freight|deliver(y|ies)|cartage|carriage|courier|shipping|postage|haulage|transport(ation)?|surcharges?|lev(y|ies)|handling|pallets?|packaging|restocking|demurrage|off-?load(ing)?|rounding|(damage|loss) waiver|(admin(istration)?|card|credit card|merchant|small order|environment(al)?|booking|service|processing|call ?out) (fees?|charges?)|(short|small|part|min(imum)?) (load|order|charge)|wash ?out|stand ?by|waiting)\b/i;
const CLAIM =
  /\b(deposit|progress|claim|pay(ment)? app(lication)?|application (for payment|no)|instal?lment|milestone|mobili[sz](e|ation)|down ?payment|prepayment|pre-payment|upfront|up front|part payment|payment application|valuation|draw ?down|final account|balance|practical completion)\b/i;
const OVERHEAD =
  /\b(rent|leases?|electricity|gas|water|fuel|power bill|rates|(mobile|tele)?phones?|mobiles?|internet|broadband|data plan|fuel cards?|petrol|diesel|unleaded|tolls?|parking|insurance|premium|subscriptions?|memberships?|licen[cs]es?|stationery|postage|(statement|account|late|bank) fees?|interest|registration|rego|catering|coffee)\b/i;
const RETENTION = /\b(retentions?|retainage|retained|hold ?back)\b/i;

export function readLine(line: LineToMatch): ReadLine {
  const { description, net, unitAmount, item, account, tracking } = line;
  const retention = RETENTION.test(description);
  return {
    net,
    unitAmount,
    item: known(item),
    account: known(account),
    tracking: new Map(tracking.map(({ category, option }) => [known(category) ?? '', known(option) ?? ''])),
    words: readWords(description),
    besides: BESIDES.test(description),
    claim: (CLAIM.test(description) && !OVERHEAD.test(description)) || retention,
    retention,
    overhead: OVERHEAD.test(description),
  };
}

/** People type codes in any case. */
function known(text: string | undefined): string | undefined {
  return text?.trim().toLowerCase() || undefined;
}
