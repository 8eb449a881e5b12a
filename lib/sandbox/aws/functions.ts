import type { ExecutionEnvironment, FunctionLog, Invocation } from './execution-environment.ts';
import { startEnvironment } from './execution-environment.ts';
import type { FunctionSettings } from './function-settings.ts';
import { nameOfArn } from './local-names.ts';

export interface Functions {
  /**
   * Hands the event to a function, by name, logical id or ARN. Waits in line where all its environments are
   * busy. A failure of the function is a result; throws only where there is no such function.
   */
  invoke(functionName: string, event: unknown): Promise<Invocation>;
  /** Ends all environments of a function at once: what they were doing fails, the next event starts anew. */
  kill(functionName: string): Promise<void>;
  /** Invocations that run or wait in line. */
  running(): number;
  /** Takes no more events, waits up to `graceMilliseconds` for running ones, then ends every environment. */
  close(graceMilliseconds?: number): Promise<void>;
}

interface Pool {
  settings: FunctionSettings;
  environments: Set<ExecutionEnvironment>;
  idle: ExecutionEnvironment[];
  inLine: (() => void)[];
  busy: number;
  closed: boolean;
}

/** Runs functions in workers of their own, as many at a time as their concurrency allows. */
export function startFunctions(all: FunctionSettings[], log: FunctionLog = () => {}): Functions {
  const pools = all.map(
    (settings): Pool => ({ settings, environments: new Set(), idle: [], inLine: [], busy: 0, closed: false }),
  );
  const invocations = new Set<Promise<Invocation>>();
  const find = (name: string) => {
    const bare = nameOfArn(name);
    const pool = pools.find(({ settings }) => settings.name === bare || settings.logicalId === bare);
    if (!pool) throw new Error(`There is no function ${name}`);
    return pool;
  };
  const endAll = async (pool: Pool) => {
    await Promise.all([...pool.environments].map((environment) => environment.end()));
  };
  return {
    running: () => invocations.size,
    kill: (name) => endAll(find(name)),
    async invoke(name, event) {
      const invocation = run(find(name), event, log);
      invocations.add(invocation);
      return await invocation.finally(() => invocations.delete(invocation));
    },
    async close(graceMilliseconds = 0) {
      for (const pool of pools) pool.closed = true;
      await settled(invocations, graceMilliseconds);
      await Promise.all(pools.map(endAll));
    },
  };
}

async function run(pool: Pool, event: unknown, log: FunctionLog): Promise<Invocation> {
  while (pool.busy >= pool.settings.concurrency) {
    await new Promise<void>((resolve) => pool.inLine.push(resolve));
  }
  if (pool.closed) return failed('Closed', 'The local run is ending');
  pool.busy += 1;
  try {
    const environment = takeEnvironment(pool, log);
    const result = await environment.invoke(event);
    pool.idle.push(environment);
    if (!result.ok) log(pool.settings.name, `${result.error.errorType}: ${result.error.errorMessage}`);
    return result;
  } catch (error) {
    return failed('Runtime.InvalidConfiguration', String(error));
  } finally {
    pool.busy -= 1;
    pool.inLine.shift()?.();
  }
}

function failed(errorType: string, errorMessage: string): Invocation {
  return { ok: false, error: { errorType, errorMessage } };
}

function takeEnvironment(pool: Pool, log: FunctionLog): ExecutionEnvironment {
  for (let idle = pool.idle.pop(); idle; idle = pool.idle.pop()) {
    if (idle.alive()) return idle;
    pool.environments.delete(idle);
  }
  const environment = startEnvironment(pool.settings, log);
  pool.environments.add(environment);
  return environment;
}

async function settled(work: Set<Promise<unknown>>, milliseconds: number) {
  if (work.size === 0 || milliseconds === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([Promise.allSettled(work), grace]);
  clearTimeout(timer);
}
