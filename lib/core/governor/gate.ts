/** What the governor reads of a vendor's answer. */
export interface CallAnswer {
  status: number;
  headers: Headers;
}

/** Lets requests through to a vendor while its limits allow; every sending of a request passes it, repeats too. */
export interface Gate {
  /** Waits for leave to send one request, for so long at most; else returns what holds it back. */
  enter(patienceSeconds: number): Promise<Pass | HeldBack>;
}

/** Leave to send one request. */
export interface Pass {
  kind: 'pass';
  /** To be called once it is over; without an answer where none came. */
  over(answer?: CallAnswer): void;
}

export interface HeldBack {
  kind: 'limited';
  /** Seconds until it is worth asking again. */
  seconds: number;
}
