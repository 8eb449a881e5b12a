import { projectTotals } from '../../bin/local/project-totals.ts';
import { formatMoney, money, sum } from '../../lib/core/money.ts';
import type { Scene } from '../support/scene.ts';
import { jobsOf, wordOf } from './goods.ts';

/** What the stories look at. The first six hold from step to step until a step says otherwise. */
const LASTING = ['committed', 'billed', 'direct', 'paid', 'parked', 'held'] as const;
/** Looked at where a step speaks of them. */
const CLOSER = ['drafts', 'numbers', 'due', 'payments', 'costs', 'left-out', 'statuses', 'files'] as const;

type View = (typeof LASTING)[number] | (typeof CLOSER)[number];
export type Shown = Partial<Record<View, string>>;

export const NOTHING_YET: Shown = Object.fromEntries(LASTING.map((view) => [view, 'nothing']));

/** Reads `billed concrete 400; paid 100`. */
export function readShown(text: string): Shown {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return Object.fromEntries(
    parts.map((part) => {
      const [view = '', ...words] = part.split(' ');
      if (![...LASTING, ...CLOSER].includes(view as View)) throw new Error(`Nobody looks at ${view}`);
      return [view, words.join(' ')];
    }),
  );
}

/** What Procore shows, and what waits in the connector, in the words of the stories; zeros and cents of `.00` are left out. */
export async function lookAt(scene: Scene, nameOf: (id: string) => string | undefined): Promise<Shown> {
  const jobs = jobsOf(scene.company).map(({ job, project }) => ({
    job,
    project,
    totals: projectTotals(scene.company, project),
  }));
  const perCode = (what: 'committed' | 'billed' | 'direct') =>
    list(
      jobs.flatMap(({ job, totals }) =>
        Object.entries(totals.codes).flatMap(([code, amounts]) =>
          amounts[what] === undefined ? [] : [`${wordOf(job, code)} ${plain(amounts[what])}`],
        ),
      ),
    );
  const all = jobs.map(({ project }) => project);
  const requisitions = all.flatMap((project) => [...project.requisitions.values()]);
  const approved = requisitions.filter(({ status }) => status === 'approved');
  const costs = all.flatMap((project) => [...project.directCosts.values()]);
  const worth = (one: (typeof requisitions)[number]) =>
    sum(one.items.map((item) => money(item.work_completed_this_period)));
  const records = await scene.deployment.documents.list(scene.connectionId);
  const inState = (state: string) =>
    list(
      records
        .filter((record) => record.state === state && nameOf(record.id) !== undefined)
        .map(({ id, code }) => `${nameOf(id)} ${code}`),
    );
  const paid = plain(formatMoney(sum(jobs.map(({ totals }) => money(totals.paid)))));
  return {
    committed: perCode('committed'),
    billed: perCode('billed'),
    direct: perCode('direct'),
    paid: paid === '0' ? 'nothing' : paid,
    parked: inState('parked'),
    held: inState('awaiting-approval'),
    drafts: list(
      requisitions.filter(({ status }) => status === 'draft').map((one) => plain(formatMoney(worth(one)))),
    ),
    numbers: list([...approved, ...costs].map(({ invoice_number }) => String(invoice_number))),
    due: list(approved.map(({ due_date }) => String(due_date))),
    payments: list(
      all.flatMap((project) =>
        [...project.payments.values()].map(({ amount, date }) => `${plain(amount)} on ${date}`),
      ),
    ),
    costs: list(
      costs.map(({ invoice_number, payment_date }) => `${invoice_number} paid ${payment_date ?? 'not yet'}`),
    ),
    files: list(
      all.flatMap((project) =>
        [...project.contracts.values(), ...project.requisitions.values()].flatMap(({ attachments }) =>
          attachments.map(({ filename }) => filename),
        ),
      ),
    ),
    'left-out': inState('left-out'),
    statuses: list(
      all.flatMap((project) =>
        [...project.contracts.values()]
          .filter(({ deleted_at }) => deleted_at === null)
          .map(({ number, status }) => `${number} ${status}`),
      ),
    ),
  };
}

const plain = (amount: string): string => formatMoney(money(amount)).replace(/\.00$/, '');
const list = (parts: string[]): string => parts.toSorted().join(', ') || 'nothing';
