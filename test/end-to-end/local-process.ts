import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const LOCAL = fileURLToPath(new URL('../../bin/local.ts', import.meta.url));
const CLI = fileURLToPath(new URL('../../bin/cli.ts', import.meta.url));

/** Nothing of ours but the path, so that the run depends on what it is told alone. */
const environment = { PATH: process.env.PATH ?? '' };

export interface LocalProcess {
  child: ChildProcess;
  /** Standard error so far. */
  said(): string;
  /** The next line of standard output that is JSON; undefined once the process has ended. */
  nextJson(): Promise<Record<string, unknown> | undefined>;
  /** The exit code; null after a kill. */
  ended: Promise<number | null>;
}

/** `npm start -- …` as a process of its own. */
export function startLocal(...argv: string[]): LocalProcess {
  const child = spawn(process.execPath, [LOCAL, '--json', ...argv], { env: environment });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    said: () => said,
    ended: once(child, 'exit').then(([code]) => code),
    async nextJson() {
      for (;;) {
        const { value, done } = await lines.next();
        if (done) return undefined;
        if (value.startsWith('{')) return JSON.parse(value);
      }
    },
  };
}

/** `npm run cli -- …` as a process of its own; fails with what it said where it exits otherwise than with 0. */
export function runCli(port: string, ...argv: string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const options = { env: environment };
    execFile(process.execPath, [CLI, '--port', port, '--json', ...argv], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${argv.join(' ')}: ${stderr}${stdout}`, { cause: error }));
      else resolve(stdout.trim() === '' ? undefined : JSON.parse(stdout));
    });
  });
}
