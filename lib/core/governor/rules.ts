/** A fixed window of a vendor: so many calls, then none until it resets at a moment that the vendor alone knows. */
export interface WindowRule {
  seconds: number;
  /** Calls are remembered to this many seconds, rounded up. */
  grainSeconds: number;
  /** Calls in one window; absent where only headers tell. */
  limit?: number;
  /** Headers may tell more than `limit`: it is a setting, and no word of the vendor. */
  soft?: true;
}

/** What a vendor allows one account. */
export interface VendorRules {
  /** The shortest first. */
  windows: Record<string, WindowRule>;
  /** Calls in flight at the same time; absent where there is no such limit. */
  slots?: number;
}

/** Xero's limits for one app in one organisation. */
export function xeroRules(dailyCalls: number): VendorRules {
  return {
    windows: {
      minute: { seconds: 60, grainSeconds: 1, limit: 60 },
      day: { seconds: 86_400, grainSeconds: 1800, limit: dailyCalls, soft: true },
    },
    slots: 5,
  };
}

/** Procore's limits for one app; how large its windows are only headers tell. */
export const PROCORE_RULES: VendorRules = {
  windows: { spike: { seconds: 10, grainSeconds: 1 }, hour: { seconds: 3600, grainSeconds: 60 } },
};
