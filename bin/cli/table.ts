import Table from 'cli-table3';

/** A table as a person reads it; columns whose title is in `right` hold amounts. */
export function table(head: string[], rows: string[][], right: string[] = []): string {
  const colAligns = head.map((title) => (right.includes(title) ? 'right' : 'left') as 'right' | 'left');
  const drawn = new Table({ head, colAligns, style: { head: [], border: [], compact: true } });
  drawn.push(...rows);
  return drawn.toString();
}

/** Breaks a sentence into lines of at most so many characters. */
export function wrap(text: string, width: number): string {
  return text.replace(new RegExp(`(.{1,${width}})(?:\\s+|$)`, 'g'), '$1\n').trimEnd();
}
