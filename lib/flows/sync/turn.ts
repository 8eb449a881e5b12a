import type { DocumentChange } from '../../aws/queue.ts';
import type { Code } from '../../core/codes.ts';
import type { DocumentRecord } from '../../core/links.ts';
import type { Lease } from '../../store/leases.ts';
import type { Trail } from './trail.ts';
import { isClose } from './works.ts';

/** How closely Procore is looked at while a document is planned. */
export interface Scrutiny {
  /** Whether what stands there is compared with what was written even where there is nothing to write. */
  closely: boolean;
  /** What a person has seen of Procore's side and wants written over (refuseDrift). */
  overwrite: readonly string[];
}

/** A worker's turn at one document. */
export interface Turn extends Scrutiny {
  trail: Trail;
  /** Of the document; whoever gives the turn holds it until the outcome is recorded. */
  lease: Lease;
  /** What became of the document before. */
  known: DocumentRecord | undefined;
}

/** Parked on these, a document is compared until both sides agree again. */
const TOUCHED: ReadonlySet<string | undefined> = new Set<Code>([
  'application-touched',
  'commitment-gone',
  'commitment-touched',
]);

/** Once a day everything recent is compared; in between only what is touched, and what was found changed. */
export function scrutinyFor(change: DocumentChange, known: DocumentRecord | undefined): Scrutiny {
  const closely = isClose(change) || (known?.state === 'parked' && TOUCHED.has(known.code));
  return { closely, overwrite: change.overwrite ?? [] };
}
