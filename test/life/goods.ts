import type { Company } from '../../lib/sandbox/procore/records.ts';
import type { ProjectKey } from '../../lib/sandbox/seed/chart.ts';
import { PROJECTS } from '../../lib/sandbox/seed/projects.ts';
import type { LineItem, LineItemDraft } from '../../lib/sandbox/xero/lines.ts';
import { goods, lump } from '../support/orders.ts';

type Job = Exclude<ProjectKey, 'harbor'>;

/** What the stories buy, each in a word: how it stands in Xero, and the budget code that it becomes. */
const GOODS: Record<string, { code: string; line: (price: number, project: Job) => LineItemDraft }> = {
  concrete: { code: '03-300.M', line: (price, project) => goods('CON-4000', price, 1, { project }) },
  pump: { code: '03-300.E', line: (price, project) => goods('CON-PUMP', price, 1, { project }) },
  steel: { code: '05-100.M', line: (price, project) => goods('STL-W12', price, 1, { project }) },
  drywall: { code: '09-250.M', line: (price, project) => goods('DRY-12', price, 1, { project }) },
  fence: { code: '01-540.E', line: (price, project) => goods('RNT-FNC', price, 1, { project }) },
  freight: { code: '01-650.M', line: (price, project) => goods('FRT', price, 1, { project }) },
  permit: { code: '01-410.O', line: (price, project) => lump('5300', 'Building permit', price, { project }) },
  fuel: { code: 'none', line: (price, project) => lump('6200', 'Diesel for the trucks', price, { project }) },
};

const WORD_OF = new Map(Object.entries(GOODS).map(([word, { code }]) => [code, word]));

/**
 * Lines as people say them: `concrete 1000, freight 120`, and `concrete@oak 300` for another project than Riverside.
 * Lines that were there before keep their ids, as in Xero's own pages, as long as they are the same thing in another amount.
 */
export function linesOf(text: string, before: LineItem[] = []): LineItemDraft[] {
  const left = [...before];
  return text.split(',').map((part) => {
    const [what = '', amount = ''] = part.trim().split(' ');
    const [word = '', job = 'riverside'] = what.split('@');
    const good = GOODS[word];
    if (!good) throw new Error(`The stories buy no ${word}`);
    const line = good.line(Number(amount), job as Job);
    const at = left.findIndex((old) => isSame(old, line));
    if (at < 0) return line;
    const [old] = left.splice(at, 1);
    return { ...line, LineItemID: old!.LineItemID };
  });
}

/** The same thing wherever it is used. */
function isSame(one: LineItem, other: LineItemDraft): boolean {
  return one.Description === other.Description && one.AccountCode === other.AccountCode;
}

/** A budget code of a project as the stories call it. */
export function wordOf(job: Job, code: string): string {
  const word = WORD_OF.get(code) ?? code;
  return job === 'riverside' ? word : `${word}@${job}`;
}

export function jobsOf({ projects }: Company) {
  return Object.entries(PROJECTS).map(([job, { id }]) => ({ job: job as Job, project: projects.get(id)! }));
}
