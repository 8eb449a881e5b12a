import type { Answer, Limited, NoAnswer } from './request.ts';

/** Lets requests through to a vendor while its limits allow; every sending of a request passes it, repeats too. */
export interface Gate {
  /** Waits for leave to send one request, for so long at most; else returns what holds it back. */
  enter(patienceSeconds: number): Promise<Pass | Limited>;
}

/** Leave to send one request. */
export interface Pass {
  kind: 'pass';
  /** To be called once it is over, whatever came of it. */
  over(outcome: Answer | NoAnswer): void;
}
