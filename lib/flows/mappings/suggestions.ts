import type { TableRow } from '../../core/rules/identify.ts';

export interface SuggestOptions {
  /** How many days to look back for what is in use. */
  days: number;
  /** Also for what is active in Xero and was not seen. */
  all: boolean;
}

export interface Suggestions {
  /** The suggested rows in the layout that import takes. */
  csv: string;
  suggested: { row: TableRow; reason: string }[];
  /** What has no row and nothing certain to suggest, with what comes near. */
  open: { what: string; candidates: string[] }[];
}
