export type FieldErrors = Record<string, string[]>;

/** Thrown by a rule of Procore: the answer's status and body. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
  }
}

/** The fields that a refusal names; errors without fields go under `base`. */
export function fieldErrors(refusal: Refusal): FieldErrors {
  const { errors, message } = refusal.body as { errors?: FieldErrors; message?: string };
  return errors ?? { base: [message ?? 'is invalid'] };
}

export function invalid(errors: FieldErrors): Refusal {
  return new Refusal(422, { errors });
}

export function badRequest(errors: FieldErrors): Refusal {
  return new Refusal(400, { errors });
}

export function forbidden(reason: string): Refusal {
  return new Refusal(403, { code: 403, reason, message: reason });
}

/** Missing, or not visible to the caller: Procore does not say which. */
export function notFound(what: string): Refusal {
  return new Refusal(404, { exception: 'ActiveRecord::RecordNotFound', message: `${what} not found` });
}
