/** DynamoDB counts reads by 4 KB and writes by 1 KB, each rounded up (AWS docs: Read and write operations). */
const [READ, WRITE] = [4096, 1024];

/** A read that need not be consistent counts half. */
export function readUnits(bytes: number, consistent = false): number {
  return Math.max(1, Math.ceil(bytes / READ)) / (consistent ? 1 : 2);
}

/**
 * An item in the index is written there as well: taken out under its old key and put in under the new one, as if every
 * write changed that key.
 */
export function writeUnits(item: Record<string, unknown>): number {
  const own = Math.max(1, Math.ceil(sizeOf(item) / WRITE));
  return 'gsi1pk' in item ? own * 3 : own;
}

/** Bytes of an item by DynamoDB's rules: names, values, and a little for what is nested. */
export function sizeOf(value: unknown): number {
  if (value === undefined || value === null) return value === null ? 1 : 0;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (typeof value === 'boolean') return 1;
  if (value instanceof Uint8Array) return value.byteLength;
  if (Array.isArray(value) || value instanceof Set)
    return [...value].reduce((sum: number, each) => sum + 1 + sizeOf(each), 3);
  return Object.entries(value).reduce(
    (sum, [name, each]) => sum + Buffer.byteLength(name) + 1 + sizeOf(each),
    3,
  );
}
