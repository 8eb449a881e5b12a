import type { CostCodeRule } from '../rules/rule.ts';
import type { CodeList } from './code-list.ts';
import type { Posted } from './from-posted.ts';

/**
 * The cost type with which lines of an account are booked on a cost code, by what its siblings use: the other rules
 * of the account, else other rules and lines on the cost code, else its budget. Undefined where they do not agree.
 */
export function siblingType(
  costCode: string,
  account: string | undefined,
  { rules, posted, codes }: { rules: CostCodeRule[]; posted: Posted[]; codes: CodeList },
): string | undefined {
  const typesIn = (targets: CostCodeRule['target'][], wanted: (code: string) => boolean) =>
    new Set(
      targets.flatMap((it) => ('costCode' in it && wanted(it.costCode) ? [codes.typeCode(it.costType)] : [])),
    );
  const ofAccount = rules.filter((rule) => account !== undefined && rule.account === account);
  const all = [...rules, ...posted].map(({ target }) => target);
  const choices = [
    typesIn(
      ofAccount.map(({ target }) => target),
      () => true,
    ),
    typesIn(all, (code) => code === costCode),
    codes.typesOf(costCode),
  ];
  // Those before it did not agree, or knew nothing: what agrees first, counts.
  return choices.map(only).find((type) => type !== undefined);
}

function only(types: Set<string>): string | undefined {
  return types.size === 1 ? [...types][0] : undefined;
}
