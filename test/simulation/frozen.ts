import type { Deployment } from '../../lib/flows/deployment.ts';
import { interpose } from './interpose.ts';
import type { Death } from './mortal.ts';

/**
 * A deployment whose process stands still at the given operation, before it reaches the outside or after it has taken
 * effect there, until it is thawed: then it goes on as if no time had passed.
 */
export function frozen(deployment: Deployment, moment: Death, parts: Parameters<typeof interpose>[1]) {
  const [reached, thawed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let operations = 0;
  const freeze = () => {
    reached.resolve();
    return thawed.promise;
  };
  return {
    reached: reached.promise,
    thaw: thawed.resolve,
    deployment: interpose(deployment, parts, async (_kind, work) => {
      operations += 1;
      const here = operations === moment.operation;
      if (here && moment.when === 'before') await freeze();
      const result = await work();
      if (here && moment.when === 'after') await freeze();
      return result;
    }),
  };
}
