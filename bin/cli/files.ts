import { readFile, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { BadInput } from '../../lib/core/errors.ts';
import type { Io } from './io.ts';

/** The bytes of a file, or of standard input for `-`. Throws BadInput('file-unreadable'). */
export async function readInput(file: string, { stdin }: Io): Promise<Uint8Array> {
  try {
    return file === '-' ? await buffer(stdin) : await readFile(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Throws BadInput('file-unreadable'). */
export async function writeOutput(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, cause: unknown): BadInput {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new BadInput('file-unreadable', { facts: { file, reason }, cause });
}
