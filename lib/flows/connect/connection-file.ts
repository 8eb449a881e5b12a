import * as z from 'zod/mini';
import { BadInput } from '../../core/errors.ts';
import type { Settings } from '../../core/settings.ts';
import { parseSettings } from '../../store/connection-schema.ts';

const GRANTS = ['authorization_code', 'client_credentials', 'refresh_token'] as const;

/** What `connect` is given, checked. */
export interface ConnectionFile {
  name: string;
  xero: {
    /** `authorization_code`: a person consents in a browser, and chooses the organisation there. */
    grant: (typeof GRANTS)[number];
    clientId: string;
    clientSecret: string;
    /** Which organisation, and no other. Not needed where a person chooses it, or where there can be only one. */
    tenantId?: string;
    /** With the grant `refresh_token` alone. */
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
        grant: z.enum(GRANTS, `must be one of ${GRANTS.join(', ')}`),
        clientId: text,
        clientSecret: text,
        tenantId: z.exactOptional(text),
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
  const problems = [...(error?.issues ?? []).flatMap(describe), ...unfitting(xero)];
  const checked = checkSettings(settings, today);
  if ('problems' in checked) problems.push(...checked.problems);
  if (!data || 'problems' in checked || problems.length > 0) {
    throw new BadInput('connection-file-invalid', { facts: { fields: problems } });
  }
  return { ...data, settings: checked.settings };
}

/** What each way into Xero needs, and what it has no use for. */
function unfitting({ grant, refreshToken, tenantId }: Record<string, unknown> = {}): string[] {
  if (grant === 'authorization_code' || grant === 'client_credentials') {
    return refreshToken === undefined ? [] : ['xero.refreshToken belongs to the grant refresh_token alone'];
  }
  if (grant !== 'refresh_token') return [];
  const missing = Object.entries({ refreshToken, tenantId }).filter(([, value]) => value === undefined);
  return missing.map(([name]) => `xero.${name} is missing`);
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
