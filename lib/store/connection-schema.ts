import * as z from 'zod/mini';
import type { Connection } from '../core/connection.ts';
import { BadInput } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';

const calendarDate = z.iso.date('must be a calendar date such as 2026-11-22');
const MINUTES = 'must be auto or whole minutes, 1 to 1440';
const text = z.string().check(z.minLength(1));

/** Every setting but the start date, with its default. Each message says what may stand there. */
const withDefaults = {
  // What is submitted has been thought over by a person; drafts are still being typed.
  purchaseOrderFrom: z._default(
    z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED'], 'must be DRAFT, SUBMITTED or AUTHORISED'),
    'SUBMITTED',
  ),
  // A draft counts nowhere in Procore until a bill fills it, so it can do no harm.
  requisitionOnPurchaseOrder: z._default(z.enum(['draft', 'none'], 'must be draft or none'), 'draft'),
  // Merging two vendors in Procore is harder than answering one question.
  nearMatch: z._default(z.enum(['ask', 'create'], 'must be ask or create'), 'ask'),
  // None: a line without a project is more often a slip than a habit.
  defaultProject: z.exactOptional(
    z.string("must be a project's number, name or id").check(z.minLength(1, 'must not be empty')),
  ),
  // Quick while somebody is at work, sparing with calls at night.
  pollMinutes: z._default(
    z.union([z.literal('auto'), z.int(MINUTES).check(z.gte(1, MINUTES), z.lte(1440, MINUTES))], MINUTES),
    'auto',
  ),
  // What Xero allows on every tier but Starter (1,000).
  xeroDailyCalls: z._default(
    z
      .int('must be a whole number of calls')
      .check(z.gte(100, 'must be at least 100'), z.lte(1_000_000, 'must be at most 1000000')),
    5000,
  ),
};

/** The connection as an item. Settings that came up after it was stored get their defaults on reading. */
export const connectionSchema = z.object({
  id: text,
  name: text,
  state: z.enum(['live', 'broken']),
  code: z.exactOptional(z.string()),
  xero: z.object({
    grant: z.enum(['refresh_token', 'client_credentials']),
    clientId: text,
    organisation: text,
    currency: text,
  }),
  procore: z.object({ clientId: text, companyId: text }),
  settings: z.object({ startDate: calendarDate, ...withDefaults }),
  createdAt: text,
}) satisfies z.ZodMiniType<Connection>;

/**
 * Reads the settings of a connection file and fills in what it leaves out. `today` (`YYYY-MM-DD`) is the default
 * start date: a new connection carries nothing that was dated before it. Throws BadInput('connection-file-invalid')
 * naming every field that is wrong or unknown.
 */
export function parseSettings(input: unknown, today: string): Settings {
  const schema = z.strictObject(
    { startDate: z._default(calendarDate, today), ...withDefaults },
    'must be an object',
  );
  const { success, data, error } = schema.safeParse(input);
  if (success) return data;
  throw new BadInput('connection-file-invalid', { facts: { fields: error.issues.flatMap(describe) } });
}

function describe(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `settings.${key} is not a setting`);
  return [`${['settings', ...issue.path].join('.')} ${issue.message}`];
}
