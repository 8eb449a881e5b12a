/**
 * One thing that speaks for or against an answer. Points add up, about as bits do: each makes it twice as likely, set
 * low, since what speaks for the same answer often has the same cause.
 */
export interface Evidence {
  points: number;
  /** In words, for the person who decides or checks. */
  says: string;
}
