import { html } from 'hono/html';
import type { SightBudget } from '../../core/approval/request.ts';
import { formatMoney, money } from '../../core/money.ts';
import type { Html } from '../web-page.ts';
import { grouped } from './request-mail.ts';

/** Units of the drawing from its left to its right edge. */
const WIDTH = 1000;

/** One budget: a bar from nothing to whatever is larger, the budget or what is asked of it, and its figures in words. */
export function budgetFigure(budget: SightBudget, currency: string): Html {
  const spoken = money(budget.committed).plus(budget.direct).minus(budget.own).plus(budget.earlier);
  const amount = money(budget.amount);
  const revised = money(budget.revised);
  const whole = spoken.plus(amount);
  const scale = whole.gt(revised) ? whole : revised;
  const at = (value: typeof whole): number => {
    if (scale.lte(0)) return 0;
    const part = value.div(scale).toNumber();
    return Math.round(Math.min(Math.max(part, 0), 1) * WIDTH);
  };
  const [limit, begin, end] = [at(revised), at(spoken), at(whole)];
  const isOver = budget.over !== '0.00';
  const fits = Math.max(begin, Math.min(end, limit));
  const words = isOver
    ? html`<span class="verdict-over">over by ${grouped(budget.over)}</span>`
    : html`<span class="verdict-fits">fits: ${grouped(formatMoney(revised.minus(whole)))} left after it</span>`;
  return html`<figure>
<figcaption><b>${budget.name}</b> ${words}</figcaption>
<svg viewBox="0 0 ${WIDTH} 36" preserveAspectRatio="none" role="img" aria-label="${sentence(budget, formatMoney(spoken), currency)}">
<rect class="room" x="0" y="6" width="${limit}" height="24"/>
<rect class="spoken" x="0" y="6" width="${begin}" height="24"/>
<rect class="own" x="${begin}" y="6" width="${fits - begin}" height="24"/>
<rect class="over" x="${fits}" y="6" width="${end - fits}" height="24"/>
<rect class="frame" x="0" y="6" width="${Math.max(limit, end)}" height="24"/>
<line class="limit" x1="${limit}" x2="${limit}" y1="0" y2="36"/>
</svg>
<table class="figures">
<tbody>
${row('Budget', budget.revised, 'room')}
${row('Committed and pending', formatMoney(money(budget.committed)), 'spoken')}
${row('Direct costs', budget.direct, 'spoken')}
${budget.own === '0.00' ? '' : row('of these, what stands of this document', `-${budget.own}`)}
${budget.earlier === '0.00' ? '' : row('Held before it, not decided', budget.earlier, 'spoken')}
${row('Left for it', budget.remaining)}
${row('This document', budget.amount, 'own')}
<tr class="total">${isOver ? cells('Over by', budget.over, 'over') : cells('Left after it', formatMoney(revised.minus(whole)))}</tr>
</tbody>
</table>
</figure>
`;
}

function row(what: string, amount: string, key?: string): Html {
  return html`<tr>${cells(what, amount, key)}</tr>`;
}

function cells(what: string, amount: string, key?: string): Html {
  const mark = key === undefined ? '' : html`<span class="key ${key}" aria-hidden="true"></span>`;
  return html`<th scope="row">${mark}${what}</th><td>${grouped(amount)}</td>`;
}

function sentence({ name, revised, amount, over }: SightBudget, spoken: string, currency: string): string {
  const end = over === '0.00' ? 'It fits.' : `That is ${grouped(over)} too much.`;
  return `${name}: of a budget of ${grouped(revised)} ${currency}, ${grouped(spoken)} is spoken for; this document takes ${grouped(amount)}. ${end}`;
}
