import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { buildProgram } from '../bin/cli/program.ts';
import { CODES } from '../lib/core/codes.ts';
import { collectProblems } from '../lib/flows/mappings/csv-table.ts';
import { PROJECTS } from '../lib/flows/mappings/project-csv.ts';
import { RULES } from '../lib/flows/mappings/rule-csv.ts';
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

  it('names no command or option that the command line does not know', () => {
    const io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr };
    const program = buildProgram(io, { exitCode: 0 });
    const lines = Array.from(
      readme.matchAll(/(?:npx ml-connector|`ml-connector|npm run cli --) ([^`#\n]*)/g),
      ([, line]) => line!.replace(/^--stack \S+ /, '').trim(),
    ).filter((line) => /^[a-z]/.test(line));
    expect(lines.length).toBeGreaterThan(30);
    expect(lines.filter((line) => !isKnown(program, line))).toEqual([]);
  });

  it('shows tables that can be imported', () => {
    const tables = Array.from(readme.matchAll(/```csv\n(.*?)```/gs), ([, csv]) => csv!);
    const problems = collectProblems();
    const [projects, rules] = [PROJECTS.parse(tables[0]!, problems), RULES.parse(tables[1]!, problems)];
    RULES.judge(rules, problems);
    problems.throwIfAny();
    expect([projects.length, rules.length]).toEqual([1, 4]);
  });

  it('promises no npm script that there is not', () => {
    const promised = Array.from(readme.matchAll(/npm run ([\w:]+)/g), ([, name]) => name!);
    expect(promised.length).toBeGreaterThan(0);
    expect(promised.filter((name) => !(name in scripts))).toEqual([]);
  });
});

/** Whether there is such a command, with every option that the line gives it. */
function isKnown(program: Command, line: string): boolean {
  const words = line.match(/"[^"]*"|\S+/g)!;
  let command = program;
  // A group may be a command itself, too.
  while (command.commands.length > 0 && !(command !== program && words[0]?.startsWith('--'))) {
    const [name] = words.splice(0, 1);
    const found = command.commands.find((it) => it.name() === name);
    if (!found) return false;
    command = found;
  }
  const options = [...program.options, ...command.options];
  const given = words.map((word) => /^--[a-z-]+/.exec(word)?.[0]).filter((word) => word !== undefined);
  return given.every((option) => options.some(({ long }) => long === option));
}
