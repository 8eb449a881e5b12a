/** How many calls Xero still allows this app for one organisation. */
export interface XeroAllowance {
  /** Until the day's window ends, which is another moment for each organisation. */
  day: number;
  minute?: number;
}

/** Reads `X-DayLimit-Remaining` and `X-MinLimit-Remaining`; undefined on answers that are about no organisation. */
export function xeroAllowance(headers: Headers): XeroAllowance | undefined {
  const day = count(headers.get('x-daylimit-remaining'));
  const minute = count(headers.get('x-minlimit-remaining'));
  if (day === undefined) return undefined;
  return { day, ...(minute !== undefined && { minute }) };
}

function count(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}
