import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { startLocal } from './local-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'ml-connector-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** How long to wait after the work has begun before everything is killed, in milliseconds. */
const KILLS = [1500, 4000, 6500];

describe('a run that is killed in the middle of its work', () => {
  it('ends, started again on the same folder, with the commitments and payments of an undisturbed run', async () => {
    const argv = ['--once', '--port', '0', '--data', folder];
    for (const milliseconds of KILLS) {
      const run = startLocal(...argv);
      while (!run.said().includes('Carrying the books over')) await wait(50);
      await wait(milliseconds);
      expect(run.child.kill('SIGKILL')).toBe(true);
      expect(await run.ended).toBeNull();
    }
    const last = startLocal(...argv);
    // Bills that came before their orders may have become direct costs by then, and stay so until somebody answers:
    // what is held against the undisturbed run is what was ordered and what was paid.
    expect(await last.nextJson()).toMatchObject({
      documents: { rejected: 0 },
      procore: { vendors: 3, commitments: 31, lines: 89, payments: 24 },
    });
    await last.ended;
  }, 600_000);
});
