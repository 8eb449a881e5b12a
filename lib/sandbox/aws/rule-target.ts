import { nameOfArn } from './local-names.ts';
import type { Resolve } from './resolve.ts';

/** A target as the template has it, of a rule or of a schedule. */
export interface TargetProperties {
  Arn: unknown;
  Input?: unknown;
  InputPath?: unknown;
  InputTransformer?: unknown;
}

export interface RuleTarget {
  functionName: string;
  /** What the function is given: the target's own input, or else the event. */
  given(event: unknown): unknown;
}

export function isFunction({ Arn }: TargetProperties, id: string, resolve: Resolve): boolean {
  return arnOf(Arn, id, resolve).startsWith('arn:aws:lambda:');
}

/** Throws where the target is no function, or its input is made in a way that is not known here. */
export function readTarget(target: TargetProperties, id: string, resolve: Resolve): RuleTarget {
  const arn = arnOf(target.Arn, id, resolve);
  if (!isFunction(target, id, resolve))
    throw new Error(`${id}: only functions are known as targets, not ${arn}`);
  if (target.InputPath || target.InputTransformer) {
    throw new Error(`${id}: InputPath and InputTransformer are not known to the local AWS`);
  }
  const input = target.Input === undefined ? undefined : String(resolve(target.Input, `${id}.Input`));
  return {
    functionName: nameOfArn(arn),
    given: (event) => (input === undefined ? event : JSON.parse(input)),
  };
}

function arnOf(arn: unknown, id: string, resolve: Resolve): string {
  return String(resolve(arn, `${id}.Target`));
}
