const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 10 characters of time, 16 of a number that is used once. */
export function ulid(epochMilliseconds: number, once: number): string {
  return base32(epochMilliseconds, 10) + base32(once, 16);
}

function base32(number: number, length: number): string {
  const digits = [];
  for (let rest = number; digits.length < length; rest = Math.floor(rest / 32)) {
    digits.unshift(ALPHABET[rest % 32]);
  }
  return digits.join('');
}
