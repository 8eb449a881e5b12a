import type { Vendor } from '../../lib/core/procore-records.ts';

const SYLLABLES =
  'ba be bo da den dor fal gan har hud jo kel lan mar mon nor ol per quin ras sam son tal ver win'.split(' ');
const TRADES =
  'Concrete Electric Plumbing Roofing Steel Lumber Supply Mechanical Drywall Painting Rentals'.split(' ');
const FORMS = ['', ' Inc', ' LLC', ' Ltd', ', Inc.', ' Corp'];

/** Names as they are made: one or two of their own, a trade that many share, a legal form. The same at every run. */
export function manyVendors(count: number): Vendor[] {
  const pick = random(20_261_122);
  const own = () => {
    const word =
      SYLLABLES[pick(SYLLABLES.length)]! + SYLLABLES[pick(SYLLABLES.length)]! + (pick(2) ? '' : 'ley');
    return word[0]!.toUpperCase() + word.slice(1);
  };
  return Array.from({ length: count }, (_, id) => {
    const names = pick(3) === 0 ? own() : `${own()} ${own()}`;
    return { id: String(id), name: `${names} ${TRADES[pick(TRADES.length)]}${FORMS[pick(FORMS.length)]}` };
  });
}

/** Some of the vendors, spread over all, each with a letter left out. */
export function misspelt(vendors: Vendor[], count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const { name } = vendors[Math.floor((at * vendors.length) / count)]!;
    return name.slice(0, 3) + name.slice(4);
  });
}

/** Whole numbers below a limit: a linear congruential generator, of which the upper bits are used. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
