import type { CallAnswer } from '../../core/governor/gate.ts';
import type { Closing, Said } from '../../core/governor/learn.ts';
import type { VendorRules } from '../../core/governor/rules.ts';
import { PROCORE_RULES, xeroRules } from '../../core/governor/rules.ts';
import { procoreAllowance } from '../../procore/allowance.ts';
import { procoreLimit } from '../../procore/limits.ts';
import { xeroAllowance } from '../../xero/allowance.ts';
import { xeroLimit } from '../../xero/failures.ts';

/** What the governor has to know of a vendor. */
export interface GovernedVendor {
  rules: VendorRules;
  /** What the answer tells of the windows. */
  said(answer: CallAnswer): Said[];
  /** How long the vendor wants to be left alone, where it refused the call for its limits. */
  closing(answer: CallAnswer, now: Date): Closing | undefined;
}

/** Xero, which allows the organisation so many calls a day. */
export function xeroVendor(dailyCalls: number): GovernedVendor {
  return {
    rules: xeroRules(dailyCalls),
    said({ headers }) {
      const left = xeroAllowance(headers);
      if (!left) return [];
      const { day, minute } = left;
      return [
        { window: 'day', remaining: day },
        ...(minute === undefined ? [] : [{ window: 'minute', remaining: minute }]),
      ];
    },
    closing(answer, now) {
      const problem = answer.headers.get('x-rate-limit-problem')?.toLowerCase() ?? '';
      const window = problem.startsWith('da') ? 'day' : problem.startsWith('min') ? 'minute' : undefined;
      const until = refusedUntil(answer, xeroLimit(answer, now), now);
      return until === undefined ? undefined : { until, ...(window && { window }) };
    },
  };
}

export const PROCORE: GovernedVendor = {
  rules: PROCORE_RULES,
  said({ headers }) {
    const told = procoreAllowance(headers);
    return told ? [{ ...told, resetsAt: told.resetsAt.getTime() }] : [];
  },
  closing(answer, now) {
    const until = refusedUntil(answer, procoreLimit(answer, now), now);
    return until === undefined ? undefined : { until };
  },
};

function refusedUntil({ status }: CallAnswer, seconds: number | undefined, now: Date): number | undefined {
  return status === 429 && seconds !== undefined ? now.getTime() + seconds * 1000 : undefined;
}
