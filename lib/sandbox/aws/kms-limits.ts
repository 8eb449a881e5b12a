import { AwsError } from './aws-error.ts';

/** A base64 member of a request, of 1 to `limit` bytes; throws ValidationException. */
export function bytes(name: string, base64: unknown, limit: number): Buffer {
  if (typeof base64 !== 'string') {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  }
  const value = Buffer.from(base64, 'base64');
  if (value.length < 1 || value.length > limit) throw tooLong(name, limit);
  return value;
}

/** What KMS answers to a member outside its length. */
export function tooLong(name: string, limit: number) {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: ` +
      `Member must have length between 1 and ${limit}`,
  );
}
