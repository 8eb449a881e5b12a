import type { TableRow } from '../../core/rules/identify.ts';
import { withCurrentTexts } from '../../core/rules/identify.ts';
import type { Deployment } from '../deployment.ts';
import { connectionOf, inForce } from './import-table.ts';
import { askForNames } from './known.ts';
import type { Sheet } from './sheet.ts';
import type { Warning } from './warnings.ts';
import { withoutVendor } from './warnings.ts';

export interface Exported {
  csv: string;
  rows: number;
  version: number;
  warnings: Warning[];
}

/** The table in force as importTable takes it: what was renamed at the vendors since shows its current name. */
export async function exportTable<Row extends TableRow>(
  sheet: Sheet<Row>,
  connectionId: string,
  deployment: Deployment,
): Promise<Exported> {
  const connection = await connectionOf(connectionId, deployment);
  const { version, rows } = await inForce(sheet, connectionId, deployment);
  const withIds = rows.filter(({ ids }) => ids !== undefined);
  const { directory, unasked } = await askForNames(withIds, connection, deployment);
  return {
    csv: sheet.format(rows.map((row) => withCurrentTexts(row, directory))),
    rows: rows.length,
    version,
    warnings: withoutVendor(unasked, 'Names are as they were when the rows were imported.'),
  };
}
