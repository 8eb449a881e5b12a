import type { Readable, Writable } from 'node:stream';

/** Where the command line reads and writes: data on stdout; progress, prompts and errors on stderr. */
export interface Io {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable;
  stderr: Writable;
}

export function say({ stderr }: Io, line: string): void {
  stderr.write(`${line}\n`);
}

/** Prints a command's result: as one JSON text for scripts, else as a person reads it. */
export function print({ stdout }: Io, json: boolean | undefined, data: unknown, human: () => string): void {
  stdout.write(`${json ? JSON.stringify(data) : human()}\n`);
}
