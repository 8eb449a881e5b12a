import * as z from 'zod/mini';
import type { Connection } from '../core/connection.ts';
import { BadInput } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';
import { calendarDate, settingsWithDefaults } from './settings-schema.ts';

const text = z.string().check(z.minLength(1));

/** No setting of the connection file. */
const date = z.exactOptional(calendarDate);
const dates = z.exactOptional(
  z.object({ 'purchase-order': date, bill: date, 'credit-note': date, journal: date }),
);

/** The connection as an item. Settings that came up after it was stored get their defaults on reading. */
export const connectionSchema = z.object({
  id: text,
  name: text,
  state: z.enum(['live', 'broken']),
  code: z.exactOptional(z.string()),
  brokenSince: z.exactOptional(z.string()),
  lostProjects: z.exactOptional(z.array(text)),
  pausedSince: z.exactOptional(z.string()),
  xero: z.object({
    grant: z.enum(['refresh_token', 'client_credentials']),
    clientId: text,
    organisation: text,
    currency: text,
  }),
  procore: z.object({ clientId: text, companyId: text, userId: z.exactOptional(text) }),
  settings: z.object({ startDate: calendarDate, backfilledFrom: dates, ...settingsWithDefaults }),
  createdAt: text,
}) satisfies z.ZodMiniType<Connection>;

/**
 * Reads the settings of a connection file and fills in what it leaves out. `today` (`YYYY-MM-DD`) is the default
 * start date: a new connection carries nothing that was dated before it. Throws BadInput('connection-file-invalid')
 * naming every field that is wrong or unknown.
 */
export function parseSettings(input: unknown, today: string): Settings {
  const schema = z.strictObject(
    { startDate: z._default(calendarDate, today), ...settingsWithDefaults },
    'must be an object',
  );
  const { success, data, error } = schema.safeParse(input);
  if (success) return data;
  throw new BadInput('connection-file-invalid', { facts: { fields: error.issues.flatMap(describe) } });
}

function describe(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${['settings', ...issue.path, key].join('.')} is not a setting`);
  }
  return [`${['settings', ...issue.path].join('.')} ${issue.message}`];
}
