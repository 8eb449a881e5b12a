import type { Carried, TrackingChoice } from './documents.ts';
import { isSame } from './rules/rule.ts';
import type { TrackingOption } from './xero-records.ts';

/** Whether a line names a tracking option without its id, which Xero leaves open. */
export function lacksOptionIds({ lines }: Carried): boolean {
  return lines.some(({ tracking }) => tracking.some(({ optionId }) => optionId === undefined));
}

/** The document with the ids of its options, as far as the list has options of those names. */
export function withOptionIds<D extends Carried>(document: D, options: TrackingOption[]): D {
  const named = (choice: TrackingChoice): TrackingChoice => {
    if (choice.optionId !== undefined) return choice;
    const alike = options.filter((option) => isNamed(choice, option));
    const option = alike.find(({ active }) => active) ?? alike[0];
    return option ? { ...choice, optionId: option.id } : choice;
  };
  const lines = document.lines.map((line) => ({ ...line, tracking: line.tracking.map(named) }));
  return { ...document, lines };
}

function isNamed({ categoryId, category, option }: TrackingChoice, known: TrackingOption): boolean {
  const sameCategory =
    categoryId === undefined ? isSame(category, known.category) : categoryId === known.categoryId;
  return sameCategory && isSame(option, known.option);
}
