import { describe, expect, it } from '@jest/globals';
import { staleIn } from '../../lib/core/coverage/stale-rows.ts';
import { openDirectory } from '../../lib/core/rules/directory.ts';
import { identify, rememberIds } from '../../lib/core/rules/identify.ts';
import type { ProjectRule } from '../../lib/core/rules/rule.ts';

const project = (id: string, name: string, active = true) => ({ id, name, active });
const row: ProjectRule = { category: 'Job', option: 'Oak', project: 'Oak' };
const nothing = () => undefined;

describe('what a text of a table stands for', () => {
  it('is the record in use, where one that is closed has the same name', () => {
    const directory = openDirectory({ project: [project('1', 'Oak', false), project('2', 'oak')] });
    expect(identify(row, directory, nothing)).toEqual({ row: { ...row, ids: { project: '2' } }, doubts: [] });
  });

  it('is the closed one where there is no other, which is out of date', () => {
    const directory = openDirectory({ project: [project('1', 'Oak', false)] });
    const { row: found } = identify(row, directory, nothing);
    expect(found.ids).toEqual({ project: '1' });
    expect(staleIn(found, directory)).toEqual(['project Oak is inactive in Procore']);
  });

  it('is what it was before, where it may be several now', () => {
    const directory = openDirectory({ project: [project('1', 'Oak'), project('2', 'Oak')] });
    const before = rememberIds([{ ...row, ids: { project: '2' } }]);
    expect(identify(row, directory, before).row.ids).toEqual({ project: '2' });
    expect(identify(row, directory, nothing)).toMatchObject({
      row,
      doubts: [{ kind: 'project', text: 'Oak' }],
    });
  });

  it('is nothing that was there before and is gone', () => {
    const before = rememberIds([{ ...row, ids: { project: '7' } }]);
    const gone = openDirectory({ project: [] });
    expect(identify(row, gone, before)).toMatchObject({ row, doubts: [{ text: 'Oak', named: [] }] });
    // Nobody could be asked.
    expect(identify(row, openDirectory({}), before)).toEqual({
      row: { ...row, ids: { project: '7' } },
      doubts: [],
    });
  });
});
