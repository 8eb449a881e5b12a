/**
 * One thing that speaks for or against an answer, in points that add up. A point is about what makes it twice as
 * likely; each weight is argued where it stands.
 */
export interface Evidence {
  points: number;
  /** In words, for the person who decides or checks. */
  says: string;
}
