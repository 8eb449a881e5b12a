import { APPROVAL_DOOR } from './codes/approval-door.ts';
import { COMMAND_LINE } from './codes/command-line.ts';
import { DECISIONS } from './codes/decisions.ts';
import { LATER } from './codes/later.ts';
import { LEFT_OUT } from './codes/left-out.ts';
import { PARKED } from './codes/parked.ts';
import { REFUSED } from './codes/refused.ts';
import { STOPPED } from './codes/stopped.ts';

/**
 * Every code that people, scripts and tests meet, in one table: what happened, and how to fix it. They stand by what
 * has to be done about them. The README's runbook has one row per code; a test holds the two together.
 */
export const CODES = {
  ...PARKED,
  ...DECISIONS,
  ...LEFT_OUT,
  ...APPROVAL_DOOR,
  ...LATER,
  ...STOPPED,
  ...REFUSED,
  ...COMMAND_LINE,
} as const;

export type Code = keyof typeof CODES;
