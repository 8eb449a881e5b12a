import type { Money } from '../money.ts';
import { money } from '../money.ts';
import type { Project } from '../procore-records.ts';
import { namesProject } from '../rules/rule.ts';
import type { Approver, Settings } from '../settings.ts';

/** What is asked about, as far as it decides who may answer. */
export interface Question {
  projects: Pick<Project, 'id' | 'name' | 'number'>[];
  /** What the document comes to. */
  amount: Money;
}

/** Whether the person may decide: on every project of the document, and on as much money. */
export function mayDecide({ projects, upTo }: Approver, question: Question): boolean {
  const all = projects === undefined || question.projects.every((one) => isAmong(one, projects));
  return all && (upTo === undefined || question.amount.lte(money(upTo)));
}

/**
 * Those who may decide, in the order in which they are asked: first the lowest limit that is enough, so that nobody is
 * bothered whose word is not needed; people of equal limits together; stand-ins after all others.
 */
export function inLine(approvers: Approver[], question: Question): Approver[][] {
  const able = approvers.filter((approver) => mayDecide(approver, question));
  const ranks = Map.groupBy(able, ({ standIn = false, upTo = '' }) => `${standIn} ${upTo}`);
  return [...ranks.values()].toSorted(([a], [b]) => byRank(a!, b!));
}

/** How many different persons must approve. */
export function approvalsNeeded(
  { amount }: Question,
  { secondApproverAbove }: Pick<Settings, 'secondApproverAbove'>,
) {
  return secondApproverAbove !== undefined && amount.gt(money(secondApproverAbove)) ? 2 : 1;
}

/** The first in line, and as many after them as are needed to reach that number of persons. */
export function firstAsked(line: Approver[][], needed: number): Approver[] {
  const asked: Approver[] = [];
  for (const rank of line) {
    if (asked.length >= needed) break;
    asked.push(...rank);
  }
  return asked;
}

/** The next in line after those who were asked already; none at its end. */
export function nextInLine(line: Approver[][], asked: { email: string }[]): Approver[] {
  const known = new Set(asked.map(({ email }) => email.toLowerCase()));
  const news = line.map((rank) => rank.filter(({ email }) => !known.has(email.toLowerCase())));
  return news.find((rank) => rank.length > 0) ?? [];
}

/** The approver whom a name or an address means; undefined where nobody, or nobody in particular, is meant. */
export function approverCalled(approvers: Approver[], text: string): Approver | undefined {
  const wanted = text.trim().toLowerCase();
  const byEmail = approvers.find(({ email }) => email.toLowerCase() === wanted);
  const byName = approvers.filter(({ name }) => name.toLowerCase() === wanted);
  return byEmail ?? (byName.length === 1 ? byName[0] : undefined);
}

function isAmong(project: Question['projects'][number], texts: string[]): boolean {
  return texts.some((text) => namesProject(text, project));
}

function byRank(a: Approver, b: Approver): number {
  const later = Number(a.standIn ?? false) - Number(b.standIn ?? false);
  if (later !== 0) return later;
  if (a.upTo === undefined || b.upTo === undefined)
    return Number(a.upTo === undefined) - Number(b.upTo === undefined);
  return money(a.upTo).cmp(money(b.upTo));
}
