import type { CommanderError } from 'commander';
import type { Code } from '../../lib/core/codes.ts';
import { CODES } from '../../lib/core/codes.ts';
import { ConnectorError } from '../../lib/core/errors.ts';
import type { Io } from './io.ts';
import { say } from './io.ts';

interface Report {
  code: Code;
  message: string;
  fix: string;
}

/** Says what went wrong on stderr, and with --json on stdout as `{"error":{"code","message","fix"}}` as well. */
export function reportError(error: unknown, json: boolean, io: Io): void {
  const report = describe(error);
  say(io, `Error: ${report.message}`);
  for (const row of rowsOf(error)) say(io, `  ${row}`);
  say(io, `Code:  ${report.code}`);
  say(io, `Fix:   ${report.fix}`);
  if (json) writeJson(report, io);
}

/** Commander has said on stderr what was wrong. */
export function reportUsage({ message }: CommanderError, json: boolean, io: Io): void {
  if (json) writeJson({ code: 'usage', message: message.replace(/^error: /, ''), fix: CODES.usage.fix }, io);
}

function writeJson(error: Report, { stdout }: Io): void {
  stdout.write(`${JSON.stringify({ error })}\n`);
}

function describe(error: unknown): Report {
  if (error instanceof ConnectorError) return { code: error.code, message: error.message, fix: error.fix };
  const code = isAwsError(error) ? 'aws-refused' : 'unexpected';
  return { code, message: `${CODES[code].says} (${String(error)})`, fix: CODES[code].fix };
}

/** Errors of the SDK carry what it noted of the call; those of its credential providers only a name. */
function isAwsError(error: unknown): boolean {
  return error instanceof Error && ('$metadata' in error || error.name === 'CredentialsProviderError');
}

/** Rows and fields are in the message already, on one line; below it they are easier to work through. */
function rowsOf(error: unknown): string[] {
  if (!(error instanceof ConnectorError)) return [];
  const listed = error.facts.rows ?? error.facts.fields;
  return Array.isArray(listed) && listed.length > 1 ? listed : [];
}
