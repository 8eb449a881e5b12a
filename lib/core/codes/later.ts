import type { Sayings } from './sayings.ts';

/** Retry: goes on by itself. */
export const LATER = {
  'xero-rate-limited': {
    says: 'Xero allows no more calls for now',
    fix: 'Nothing: it goes on when the window opens.',
  },
  'xero-unavailable': { says: 'Xero does not answer', fix: 'Nothing: it is tried again.' },
  'procore-rate-limited': {
    says: 'Procore allows no more calls for now',
    fix: 'Nothing: it goes on when the window opens.',
  },
  'procore-unavailable': { says: 'Procore does not answer', fix: 'Nothing: it is tried again.' },
  'connecting-already': {
    says: 'Somebody else is connecting an organisation at this moment',
    fix: 'Try again in a minute.',
  },
  'lease-held': { says: 'Another worker is on the same record', fix: 'Nothing: it is tried again.' },
  'orders-not-read': {
    says: 'The orders of this connection were not read yet, so bills cannot be matched with them',
    fix: 'Nothing: it goes on once the first look at the orders is through.',
  },
  'connection-paused': {
    says: 'The connection was paused by a person; its documents wait',
    fix: 'Let it go on with `ml-connector connections resume`.',
  },
} as const satisfies Sayings;
