import { writeOutput } from './files.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print } from './io.ts';

/** To the file or to standard output; with --json, `told` goes there, with the CSV in it where there is no file. */
export async function writeCsv(
  csv: string,
  file: string | undefined,
  told: object,
  { json }: GlobalOptions,
  io: Io,
): Promise<void> {
  if (file !== undefined) await writeOutput(file, csv);
  if (json) print(io, true, { ...told, ...(file === undefined && { csv }) }, String);
  else if (file === undefined) io.stdout.write(csv);
}
