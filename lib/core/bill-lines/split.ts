import type { Money } from '../money.ts';
import { sum, toCents, ZERO } from '../money.ts';

/**
 * Splits whole cents in proportion to weights, none of which is negative and not all are zero. The parts are whole
 * cents and add up, for it is their running total that is rounded.
 */
export function split(amount: Money, weights: Money[]): Money[] {
  const whole = sum(weights);
  let [weight, given] = [ZERO, ZERO];
  return weights.map((own) => {
    weight = weight.plus(own);
    const before = given;
    given = toCents(amount.times(weight).div(whole));
    return given.minus(before);
  });
}
