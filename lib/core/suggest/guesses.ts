import type { CostCodeRule, LineKeys } from '../rules/rule.ts';
import type { FoundCode, ListedCode } from './code-list.ts';
import type { RuleWorld } from './rule-world.ts';

/** A way to tell a cost code from what a line is coded with. */
export interface Guess {
  /** The keys of a rule for the line, and the text to go by; none where the line has no such key. */
  keys(line: LineKeys): { keys: Omit<CostCodeRule, 'target'>; text: string }[];
  find(text: string): FoundCode[];
  reason(found: ListedCode): string;
}

/** By code, then by name; the account before its items, those before options. */
export function guesses({ codes, names, isProjectCategory }: RuleWorld): Guess[] {
  const account = (named: (code: string) => string | undefined) => (line: LineKeys) => {
    const text = line.account === undefined ? undefined : named(line.account);
    return text ? [{ keys: { account: line.account! }, text }] : [];
  };
  const item = (named: (code: string) => string | undefined) => (line: LineKeys) => {
    const text = line.item === undefined ? undefined : named(line.item);
    return text ? [{ keys: { ...ofAccount(line), item: line.item! }, text }] : [];
  };
  const options = (line: LineKeys) =>
    line.tracking
      .filter(({ category }) => !isProjectCategory(category))
      .map(({ category, option }) => ({
        keys: { ...ofAccount(line), tracking: { category, option } },
        text: option,
      }));
  const byCode = (whose: string) => ({
    find: codes.byCode,
    reason: ({ code }: ListedCode) => `code ${code} is the ${whose}'s`,
  });
  const byName = {
    find: codes.byName,
    reason: ({ code, name }: ListedCode) => `named like ${code} ${name}`,
  };
  return [
    { keys: account((code) => code), ...byCode('account') },
    { keys: item((code) => code), ...byCode('item') },
    { keys: account((code) => names.account.get(code)), ...byName },
    { keys: item((code) => names.item.get(code)), ...byName },
    { keys: options, ...byName },
  ];
}

function ofAccount({ account }: LineKeys): Pick<CostCodeRule, 'account'> {
  return account === undefined ? {} : { account };
}
