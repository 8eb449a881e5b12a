import type { inspect } from 'node:util';

const SHOWN = '[secret]';

/**
 * A text that must not be seen: logs, JSON, errors and string templates show `[secret]` instead.
 * Only reveal() gives it out, at the place that sends it.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [Symbol.for('nodejs.util.inspect.custom') as typeof inspect.custom](): string {
    return SHOWN;
  }
}
