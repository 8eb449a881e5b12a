/** By the code: what happened, and how to fix it. */
export type Sayings = Record<string, { says: string; fix: string }>;
