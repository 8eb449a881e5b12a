/** An error as an AWS service answers it: `code` is the exception's name that the SDK hands to its caller. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message = '', status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
