/**
 * What the bundles of the functions carry in place of `diacritics`, a table of 7 KB that i18n-iso-countries loads for
 * look-ups which the connector does not use: the same by way of Unicode's own tables.
 */
export function remove(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}
