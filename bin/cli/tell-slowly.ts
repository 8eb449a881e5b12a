import type { Io } from './io.ts';
import { say } from './io.ts';

/** Says what is being done once that has taken this long, and then this often; nothing where it is quick. */
export function tellSlowly(io: Io, everyMilliseconds = 2000) {
  let current = '';
  const timer = setInterval(() => say(io, `${current} …`), everyMilliseconds);
  return {
    progress: (what: string): void => {
      current = what;
    },
    done: (): void => clearInterval(timer),
  };
}
