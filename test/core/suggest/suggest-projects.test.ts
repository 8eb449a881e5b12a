import { describe, expect, it } from '@jest/globals';
import { suggestProjects } from '../../../lib/core/suggest/suggest-projects.ts';
import { cedar, oakStreet, riverside } from '../builders.ts';

const projects = [riverside, oakStreet, cedar];
const suggest = (options: string[], among = projects) => {
  const choices = options.map((option) => ({ category: 'Job', option }));
  const { suggested, open } = suggestProjects(choices, among, () => false);
  return {
    suggested: suggested.map(({ option, project, reason }) => [option, project.name, reason]),
    open: open.map(({ option, candidates }) => [option, candidates.map(({ project }) => project.name)]),
  };
};

describe('the project that an option may stand for', () => {
  it.each([
    ['24-101 Hospital', riverside, 'the option has its number 24-101'],
    ['OAK STREET LOFTS', oakStreet, 'named like 24-117 Oak Street Lofts'],
    ['Oak St. Lofts', oakStreet, 'near 24-117 Oak Street Lofts: abbreviated: st / street'],
    ['Cedar Elementry', cedar, 'near Cedar Elementary: one letter differs: elementry / elementary'],
  ])('%s: is suggested with the reason', (option, project, reason) => {
    expect(suggest([option])).toEqual({ suggested: [[option, project.name, reason]], open: [] });
  });

  it('is found by its number before its name', () => {
    expect(suggest(['24-117 Oak']).suggested).toMatchObject([
      ['24-117 Oak', 'Oak Street Lofts', expect.anything()],
    ]);
  });

  it('is not suggested where number and name are those of two projects', () => {
    const named = { ...cedar, name: '24-101 Oak Street Lofts' };
    const option = '24-101 Oak Street Lofts';
    expect(suggest([option], [riverside, named])).toEqual({
      suggested: [],
      open: [[option, [riverside.name, named.name]]],
    });
  });

  it('is not suggested where several are called alike, which are shown', () => {
    const second = { ...oakStreet, id: '2', number: '25-117' };
    expect(suggest(['Oak Street Lofts'], [...projects, second])).toEqual({
      suggested: [],
      open: [['Oak Street Lofts', ['Oak Street Lofts', 'Oak Street Lofts']]],
    });
  });

  it('may be none: the option is shown with nothing beside it', () => {
    expect(suggest(['Harbor Point', 'Cedar Elementary'])).toMatchObject({ open: [['Harbor Point', []]] });
  });

  it('is asked of no option in a category where none fits, unless the table has that category', () => {
    const areas = ['Steel', 'Concrete'].map((option) => ({ category: 'Cost Area', option }));
    expect(suggestProjects(areas, projects, () => false).open).toEqual([]);
    expect(suggestProjects(areas, projects, () => true).open).toHaveLength(2);
  });

  it.each([[''], ['   '], ['\u{1F3D7}\uFE0F'], ['\u200B'], ['x'.repeat(255)], ['\u202Eכהן']])(
    'is none for the name %j, and any of these may be a project’s own',
    (name) => {
      expect(suggest([name]).suggested).toEqual([]);
      if (name.trim() === '') return;
      expect(suggest([name], [{ id: '9', name }, ...projects]).suggested).toMatchObject([
        [name, name, expect.anything()],
      ]);
    },
  );
});
