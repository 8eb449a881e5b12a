import type { Project } from '../procore-records.ts';
import type { CostCodeRule, LineKeys } from '../rules/rule.ts';
import type { CodeList } from './code-list.ts';
import type { Posted } from './from-posted.ts';

/** Lines that are alike to rules, and how many there are. */
export interface Wanted {
  line: LineKeys;
  project?: Project | undefined;
  lines: number;
}

/** All that suggestions are made from. */
export interface RuleWorld {
  /** In force. */
  rules: CostCodeRule[];
  posted: Posted[];
  codes: CodeList;
  /** What accounts and items are called, by code. */
  names: { account: Map<string, string>; item: Map<string, string> };
  isProjectCategory(category: string): boolean;
  /** What a project is called in a table. */
  textOf(project: Project): string;
}
