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
  it('ends, started again on the same folder, with the Procore content of an undisturbed run', async () => {
    const argv = ['--once', '--port', '0', '--data', folder];
    for (const milliseconds of KILLS) {
      const run = startLocal(...argv);
      while (!run.said().includes('Carrying the books over')) await wait(50);
      await wait(milliseconds);
      expect(run.child.kill('SIGKILL')).toBe(true);
      expect(await run.ended).toBeNull();
    }
    const last = startLocal(...argv);
    // The run itself compares every document, and what every cost code has cost, with what the accountant expects.
    expect(await last.nextJson()).toMatchObject({
      ok: true,
      documents: { posted: 63, parked: 25, leftOut: 16, rejected: 0 },
      procore: { vendors: 3, commitments: 31, lines: 89, requisitions: 35, payments: 24, directCosts: 4 },
    });
    expect(await last.ended).toBe(0);
    // Leases of what was killed have to run out, and then all is carried at the pace that Procore allows.
  }, 900_000);
});
