import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { diagnosisInWords } from '../../bin/cli/doctor-table.ts';
import { tellSlowly } from '../../bin/cli/tell-slowly.ts';
import type { Finding } from '../../lib/flows/doctor/finding.ts';

const good = (check: string, connection?: string): Finding => ({
  check,
  level: 'ok',
  ok: true,
  says: `${check} is fine.`,
  ...(connection && { connection }),
});

describe('the table of doctor', () => {
  it('is one for each connection and one for what they share, with what it cost', () => {
    const findings: Finding[] = [
      good('xero token', 'Acme'),
      { ...good('clock', 'Acme'), level: 'warning', says: 'It is slow.', fix: 'Set it.' },
      { ...good('xero token', 'Bolt'), level: 'problem', ok: false, says: 'It is gone.', fix: 'Consent.' },
      good('queue'),
    ];
    const text = diagnosisInWords({ findings, calls: { xero: 1, procore: 14 } });
    const [acme = '', bolt = '', shared = '', note] = text.split('\n\n');
    expect(acme).toMatch(/^Acme\n.*ok +│ xero token.*look +│ clock.*It is slow\..*Fix: Set it\./s);
    expect(bolt).toMatch(/^Bolt\n.*WRONG +│ xero token.*It is gone\..*Fix: Consent\./s);
    expect(bolt).not.toContain('clock');
    expect(shared).toMatch(/^Deployment\n.*queue is fine\./s);
    expect(note).toBe('Asked Xero once and Procore 14 times.');
  });
});

describe('progress', () => {
  async function told(everyMilliseconds: number): Promise<string> {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const { progress, done } = tellSlowly({ stdin, stdout, stderr }, everyMilliseconds);
    progress('Acme: Xero');
    await sleep(40);
    done();
    return String(stderr.read() ?? '');
  }

  it('is told of what takes long, and of nothing that is quick', async () => {
    expect(await told(10)).toContain('Acme: Xero …\n');
    expect(await told(60_000)).toBe('');
  });
});
