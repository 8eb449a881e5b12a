import * as z from 'zod/mini';
import { BadInput } from '../../core/errors.ts';
import type { Settings } from '../../core/settings.ts';
import { parseSettings } from '../../store/connection-schema.ts';

/** What `connect` is given, checked. */
export interface ConnectionFile {
  name: string;
  xero: {
    grant: 'refresh_token' | 'client_credentials';
    clientId: string;
    clientSecret: string;
    tenantId: string;
    refreshToken?: string;
    webhookKey: string;
  };
  procore: { clientId: string; clientSecret: string; companyId: string };
  settings: Settings;
}

/** Pasted secrets bring blanks and line ends along. */
const text = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') })
  .check(z.trim(), z.minLength(1, 'is empty'));

const section = { error: 'is missing or not an object' };
const COMPANY = 'must be the number of the company in Procore';

const fileSchema = z.strictObject(
  {
    name: text.check(z.maxLength(100, 'is longer than 100 characters')),
    xero: z.strictObject(
      {
        grant: z.enum(['refresh_token', 'client_credentials'], 'must be refresh_token or client_credentials'),
        clientId: text,
        clientSecret: text,
        tenantId: text,
        refreshToken: z.exactOptional(text),
        webhookKey: text,
      },
      section,
    ),
    procore: z.strictObject(
      {
        clientId: text,
        clientSecret: text,
        companyId: z.pipe(
          z.pipe(
            z.union([z.int(COMPANY).check(z.positive(COMPANY)), z.string()], COMPANY),
            z.transform(String),
          ),
          z.string().check(z.trim(), z.regex(/^\d{1,20}$/, COMPANY)),
        ),
      },
      section,
    ),
    settings: z.optional(z.unknown()),
  },
  'the connection file must be an object',
);

/**
 * Reads a connection file; `today` (`YYYY-MM-DD`) is the start date where it gives none. Throws
 * BadInput('connection-file-invalid') naming every field that is wrong or unknown, and no value of any.
 */
export function parseConnectionFile(file: unknown, today: string): ConnectionFile {
  const { data, error } = fileSchema.safeParse(file);
  const { xero, settings } = (file ?? {}) as Partial<Record<keyof ConnectionFile, Record<string, unknown>>>;
  const problems = (error?.issues ?? []).flatMap(describe);
  if (xero?.grant === 'refresh_token' && xero.refreshToken === undefined) {
    problems.push('xero.refreshToken is missing');
  }
  const checked = checkSettings(settings, today);
  if ('problems' in checked) problems.push(...checked.problems);
  if (!data || 'problems' in checked || problems.length > 0) {
    throw new BadInput('connection-file-invalid', { facts: { fields: problems } });
  }
  return { ...data, settings: checked.settings };
}

function checkSettings(settings: unknown, today: string): { settings: Settings } | { problems: string[] } {
  try {
    return { settings: parseSettings(settings ?? {}, today) };
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return { problems: [error.facts.fields ?? []].flat().map(String) };
  }
}

function describe(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${path ? `${path}.` : ''}${key} is not a field`);
  }
  return [`${path} ${issue.message}`.trim()];
}
