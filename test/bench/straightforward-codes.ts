/** Item prefixes of the seed's price list and where they are booked in the bench's project; the longest counts. */
const BY_ITEM: Record<string, string> = {
  TIM: '06-100.M',
  'TIM-PLY': '06-160.M',
  'TIM-OSB': '06-160.M',
  CON: '03-300.M',
  'CON-PUMP': '03-300.E',
  STL: '05-100.M',
  'STL-REB': '03-200.M',
  DRY: '09-250.M',
  INS: '07-200.M',
  ELE: '26-100.M',
  PLB: '22-100.M',
  PNT: '09-900.M',
};

const BY_ACCOUNT: Record<string, string> = { '5300': '01-410.O' };

/** The budget code of a line, by the contractor's lookup table (lib/sandbox/seed/rules.csv) as a programmer would write it down. */
export function budgetCodeOf({ ItemCode, AccountCode }: { ItemCode?: string; AccountCode: string }): string {
  const prefix = Object.keys(BY_ITEM)
    .filter((candidate) => ItemCode?.startsWith(candidate))
    .toSorted((a, b) => b.length - a.length)[0];
  return prefix === undefined ? BY_ACCOUNT[AccountCode]! : BY_ITEM[prefix]!;
}
