import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** The snapshot that an earlier run kept in the file, if there is one. */
export function kept(file: string | undefined): Uint8Array | undefined {
  return file !== undefined && existsSync(file) ? readFileSync(file) : undefined;
}

/** Written beside and renamed, so that a kill at any moment leaves the old content or the new. */
export function keep(file: string, snapshot: Uint8Array): void {
  writeFileSync(`${file}.new`, snapshot);
  renameSync(`${file}.new`, file);
}
