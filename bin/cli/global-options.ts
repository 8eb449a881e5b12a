/** What every command understands. */
export interface GlobalOptions {
  local?: boolean;
  port: number;
  stack?: string;
  profile?: string;
  connection?: string;
  json?: boolean;
}

/** Set by commands that did their work and found something wrong. */
export interface CommandOutcome {
  exitCode: number;
}
