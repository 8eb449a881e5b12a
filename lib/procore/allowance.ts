/** How many calls Procore allows in one window and still allows. */
export interface ProcoreAllowance {
  limit: number;
  remaining: number;
  /** When the window ends. */
  resetsAt: Date;
}

/**
 * Reads the `X-Rate-Limit-*` headers, which describe whichever window is nearest to running out: the hour, or ten
 * seconds (Procore docs: Rate Limiting). Undefined where they lack.
 */
export function procoreAllowance(headers: Headers): ProcoreAllowance | undefined {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((part) => {
    const text = headers.get(`x-rate-limit-${part}`)?.trim() ?? '';
    return /^\d+$/.test(text) ? Number(text) : undefined;
  });
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined;
  return { limit, remaining, resetsAt: new Date(reset * 1000) };
}
