import type { BookOrder } from './order-book.ts';
import type { ReadBill } from './read-bill.ts';
import type { ReadLine } from './read-lines.ts';
import type { Words } from './words.ts';
import { numbersSharedOnlyWith, readWords, together, wordsSharedOnlyWith } from './words.ts';

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
  const lines = new Map(bill.lines.map((line) => [line, coded(line, jobs)]));
  return {
    ...bill,
    lines: [...lines.values()],
    goods: bill.goods.map((line) => lines.get(line) ?? line),
  };
}

/**
 * Whether the words of some goods name one job, and they are coded to another: one of the two is a slip. Words that orders of
 * its own job have as well are goods, such as the school chairs of another job than the school.
 */
export function namesAnotherJob({ goods }: ReadBill, live: BookOrder[]): boolean {
  const jobs = jobsOf(live);
  return goods.some((line) => isCodedAmiss(line, jobs, live));
}

function isCodedAmiss(line: ReadLine, jobs: Job[], live: BookOrder[]): boolean {
  const [job, ...others] = namedIn(line, jobs);
  const option = job && line.tracking.get(job.category);
  if (!job || others.length > 0 || option === undefined || option === job.option) return false;
  const own = live.filter(({ lines }) => lines.some(({ tracking }) => tracking.get(job.category) === option));
  return isTold(job.words, together([readWords(option), ...own.map(({ words }) => words)]), line.words);
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
  const [job, ...others] = namedIn(line, jobs);
  if (!job || others.length > 0 || line.tracking.has(job.category)) return line;
  return { ...line, tracking: new Map([...line.tracking, [job.category, job.option]]) };
}

/** The jobs of which a line has words, or numbers with the words beside them, that no other job of the category has. */
function namedIn({ words }: ReadLine, jobs: Job[]): Job[] {
  return jobs.filter((job) => {
    const others = jobs.filter(({ category, option }) => category === job.category && option !== job.option);
    return others.length > 0 && others.every((other) => isTold(job.words, other.words, words));
  });
}

/** Numbers alone do not: those of jobs are also quantities. Nor do words that are only like: paving is no parking. */
function isTold(one: Words, other: Words, text: Words): boolean {
  return (
    numbersSharedOnlyWith(one, other, text).length > 0 ||
    wordsSharedOnlyWith(one, other, text).some((word) => text.weights.has(word) && !/^[\d.]+$/.test(word))
  );
}
