import type { BookOrder } from './order-book.ts';
import type { ReadBill } from './read-bill.ts';
import type { ReadLine } from './read-lines.ts';
import type { Words } from './words.ts';
import { readWords, wordsSharedOnlyWith } from './words.ts';

/** The option of a tracking category that some order is coded to, and what it is called. */
interface Job {
  category: string;
  option: string;
  words: Words;
}

/**
 * The bill with its lines coded to the jobs that they name: many bills name the site in words, and nobody codes them
 * before they are matched. Only jobs for which the supplier has orders are thought of, and only where a line's words
 * are those of one job and of no other.
 */
export function withNamedJobs(bill: ReadBill, live: BookOrder[]): ReadBill {
  const jobs = jobsOf(live);
  if (jobs.length < 2) return bill;
  const lines = new Map(bill.lines.map((line) => [line, coded(line, jobs)]));
  return {
    ...bill,
    lines: [...lines.values()],
    goods: bill.goods.map((line) => lines.get(line) ?? line),
  };
}

function jobsOf(live: BookOrder[]): Job[] {
  const jobs = new Map<string, Job>();
  for (const { tracking } of live.flatMap(({ lines }) => lines)) {
    for (const [category, option] of tracking) {
      jobs.set(`${category} ${option}`, { category, option, words: readWords(option) });
    }
  }
  return [...jobs.values()];
}

function coded(line: ReadLine, jobs: Job[]): ReadLine {
  const open = jobs.filter(({ category }) => !line.tracking.has(category));
  const named = open.filter((job) => isNamed(job, line, open));
  if (named.length !== 1) return line;
  return { ...line, tracking: new Map([...line.tracking, [named[0]!.category, named[0]!.option]]) };
}

/** Whether the line has words of the job that no other job of its category has. */
function isNamed({ category, option, words }: Job, line: ReadLine, jobs: Job[]): boolean {
  const others = jobs.filter((job) => job.category === category && job.option !== option);
  return (
    others.length > 0 &&
    others.every((other) =>
      wordsSharedOnlyWith(words, other.words, line.words).some((word) => !isFigure(word)),
    )
  );
}

/** Numbers of jobs are also quantities. */
function isFigure(word: string): boolean {
  return /^[\d.]+$/.test(word);
}
