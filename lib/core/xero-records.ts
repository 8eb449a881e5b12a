/** Xero's reference data as the rules see it. Codes and names may change, ids stay; what is archived keeps its id, too. */

export interface XeroAccount {
  id: string;
  /** Absent on some bank accounts. */
  code?: string;
  name: string;
  /** `EXPENSE`, `DIRECTCOSTS`, … */
  type: string;
  active: boolean;
}

export interface XeroItem {
  id: string;
  code: string;
  name: string;
}

/** One option of a tracking category; `active` only where both are. */
export interface TrackingOption {
  id: string;
  option: string;
  categoryId: string;
  category: string;
  active: boolean;
}

/** All that is kept of a contact: who it is, never how to reach or pay it. */
export interface KnownContact {
  id: string;
  name: string;
  isSupplier: boolean;
  archived: boolean;
  /** Set when this contact was merged away: the survivor's id. */
  mergedInto?: string;
}
