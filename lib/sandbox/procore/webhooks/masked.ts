/** Headers of a hook as Procore echoes them: nothing but the last five characters of the secret. */
export function masked(authorization: string | null) {
  if (authorization === null) return {};
  const shown = authorization.slice(-5);
  return { Authorization: '*'.repeat(Math.max(5, authorization.length - 5)) + shown };
}
