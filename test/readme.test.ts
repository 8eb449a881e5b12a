import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CODES } from '../lib/core/codes.ts';
import { parseSettings } from '../lib/store/connection-schema.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

describe('the README', () => {
  it('tells of every code what happened and what to do, and of no others', () => {
    const rows = Object.entries(CODES).map(([code, { says, fix }]) => `| \`${code}\` | ${says} | ${fix} |`);
    const runbook = readme.split('## Runbook: codes')[1]!.split('\n## ')[0]!;
    expect(runbook.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
  });

  it('names every setting', () => {
    const settings = readme.split('### Settings')[1]!.split('\n## ')[0]!;
    const names = [...Object.keys(parseSettings({}, '2026-11-22')), 'defaultProject'];
    expect(names.filter((name) => !settings.includes(`\`${name}\``))).toEqual([]);
  });

  it('promises no npm script that there is not', () => {
    const promised = Array.from(readme.matchAll(/npm run ([\w:]+)/g), ([, name]) => name!);
    expect(promised.length).toBeGreaterThan(0);
    expect(promised.filter((name) => !(name in scripts))).toEqual([]);
  });
});
