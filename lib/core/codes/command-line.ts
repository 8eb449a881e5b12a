import type { Sayings } from './sayings.ts';

/** The command line itself. */
export const COMMAND_LINE = {
  'deployment-missing': {
    says: 'No local run answers and no deployed stack is named',
    fix: 'Start the local run with `npm start` (--port if it is not 4510), or name a stack with --stack.',
  },
  'stack-unreadable': {
    says: 'The stack could not be read, or is not one of ml-connector',
    fix: 'Check --stack, --profile and AWS_REGION, and that the stack is deployed.',
  },
  'aws-refused': {
    says: 'AWS did not do what was asked',
    fix: 'Check that you may use the table, queue, key and event bus of the stack, and try again.',
  },
  'queue-not-drained': {
    says: 'Not every document was dealt with in time',
    fix: 'Nothing is lost: the rest goes on by itself; wait longer with --timeout, or look with `ml-connector doctor`.',
  },
  'backfill-under-way': {
    says: 'A backfill of this connection is under way already',
    fix: 'See how far it is with `ml-connector backfill status`; it can be ended with `ml-connector backfill cancel`.',
  },
  'backfill-missing': {
    says: 'No backfill of this connection is under way',
    fix: 'Begin one with `ml-connector backfill --from DATE`.',
  },
  'audit-broken': {
    says: 'The audit trail is broken: an entry was changed, removed or inserted',
    fix: 'Compare the trail with a point-in-time backup of the table, and find out who wrote to it.',
  },
  unexpected: {
    says: 'Something went wrong that the connector does not know',
    fix: 'Report it with the message.',
  },
} as const satisfies Sayings;
