import type { DocumentLine, Settlement } from './documents.ts';
import { NeedsPerson } from './errors.ts';
import type { Money } from './money.ts';
import { money } from './money.ts';
import type { Settings } from './settings.ts';

/** What carries figures in one currency. */
interface Figures {
  currency: string;
  currencyRate?: Money;
  lines: DocumentLine[];
  subTotal: Money;
  total: Money;
  settlements?: Settlement[];
}

/**
 * The document with the figures that go to Procore: in the currency of the books, without tax or with it as the
 * connection says. Throws NeedsPerson('foreign-currency') where it may not, or cannot, be converted.
 */
export function inBooks<D extends Figures>(
  document: D,
  booksCurrency: string,
  { amounts, foreignCurrency }: Pick<Settings, 'amounts' | 'foreignCurrency'>,
): D {
  const converted =
    document.currency === booksCurrency ? document : convert(document, booksCurrency, foreignCurrency);
  return amounts === 'gross' ? withTax(converted) : converted;
}

/**
 * Xero's rate says how much of the document's currency one unit of the books' currency buys. Which way round it is
 * meant is not documented (reference/xero.md §8); this is how Xero's own reports come out.
 */
function convert<D extends Figures>(
  document: D,
  booksCurrency: string,
  foreignCurrency: Settings['foreignCurrency'],
): D {
  const { currency, currencyRate: rate, settlements } = document;
  if (foreignCurrency !== 'convert' || !rate || rate.lte(0)) {
    throw new NeedsPerson('foreign-currency', { facts: { currency, books: booksCurrency } });
  }
  const inBooks = (amount: Money) => amount.div(rate).round(PRECISION);
  return {
    ...document,
    currency: booksCurrency,
    lines: document.lines.map((line) => ({ ...line, net: inBooks(line.net), tax: inBooks(line.tax) })),
    subTotal: inBooks(document.subTotal),
    total: inBooks(document.total),
    ...(settlements && {
      settlements: settlements.map((one) => ({ ...one, amount: inBooks(one.amount) })),
    }),
  };
}

/** More places than any price has: amounts are rounded to the cent where they are written, and not before. */
const PRECISION = 8;

function withTax<D extends Figures>(document: D): D {
  const lines = document.lines.map((line) => ({ ...line, net: line.net.plus(line.tax), tax: money('0') }));
  return { ...document, lines, subTotal: document.total };
}
