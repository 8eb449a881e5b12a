import type { Diagnosis } from '../../lib/flows/doctor/doctor.ts';
import type { Finding } from '../../lib/flows/doctor/finding.ts';
import { table, wrap } from './table.ts';

const MARKS = { ok: 'ok', warning: 'look', problem: 'WRONG' };

/** One table for each connection, one for what they share, and what finding it out cost. */
export function diagnosisInWords({ findings, calls }: Diagnosis): string {
  const groups = [...Map.groupBy(findings, ({ connection }) => connection ?? 'Deployment')];
  const tables = groups.map(([name, group]) => `${name}\n${asTable(group)}`);
  const note = `Asked Xero ${times(calls.xero)} and Procore ${times(calls.procore)}.`;
  return [...tables, note].join('\n\n');
}

function asTable(findings: Finding[]): string {
  const rows = findings.map(({ level, check, says, fix }) => [
    MARKS[level],
    check,
    wrap(fix === undefined ? says : `${says}\nFix: ${fix}`, 90),
  ]);
  return table(['', 'Check', 'Says'], rows);
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
