import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AllocationTables } from '../../lib/core/allocate.ts';
import { allocate } from '../../lib/core/allocate.ts';
import type { DocumentLine } from '../../lib/core/documents.ts';
import type { CostCodeRule } from '../../lib/core/rules/rule.ts';
import { compileRules } from '../../lib/core/rules/rule-book.ts';
import { cedar, line, lineWithoutAccount, oakStreet, order, riverside, tracking } from './builders.ts';

const concrete = { costCode: '03-300', costType: 'Materials' };
const office = { leaveOut: 'office supplies' };

const projectRules = [
  { category: 'Job', option: 'Riverside', project: '24-101' },
  { category: 'Job', option: 'Oak Street', project: 'Oak Street Lofts' },
  { category: 'Job', option: 'Cedar', project: cedar.id },
  { category: 'Site', option: 'North gate', project: 'riverside medical center' },
];

function tables(rules: CostCodeRule[], fields: Partial<AllocationTables> = {}): AllocationTables {
  return { rules: compileRules(rules), projectRules, projects: [riverside, oakStreet, cedar], ...fields };
}
const anyAccount = [{ target: concrete }];
const atRiverside = tracking('Job=Riverside');

/** `project: line, line` per share. */
function shared(lines: DocumentLine[], given: AllocationTables): string[] {
  return allocate(order({ lines }), given).map(
    ({ project, lines: carried }) => `${project.name}: ${carried.map((one) => one.line.id).join(', ')}`,
  );
}

describe('the share of a project in an order', () => {
  it('is the lines that carry its option, in the order of the order', () => {
    const lines = [
      line({ id: 'a', tracking: atRiverside }),
      line({ id: 'b', tracking: tracking('Job=Oak Street') }),
      line({ id: 'c', tracking: atRiverside }),
      line({ id: 'd', tracking: tracking('Job=Cedar') }),
    ];
    expect(shared(lines, tables(anyAccount))).toEqual([
      'Riverside Medical Center: a, c',
      'Oak Street Lofts: b',
      'Cedar Elementary: d',
    ]);
  });

  it('carries each line with the target of its own rule in that project', () => {
    const rules: CostCodeRule[] = [
      { account: '310', target: concrete },
      { account: '310', project: '24-117', target: { wbsCode: '03-300.M' } },
    ];
    const lines = [
      line({ id: 'a', tracking: atRiverside }),
      line({ id: 'b', tracking: tracking('Job=Oak Street') }),
    ];
    const targets = allocate(order({ lines }), tables(rules)).map((share) => share.lines[0]?.target);
    expect(targets).toEqual([concrete, { wbsCode: '03-300.M' }]);
  });

  it('takes in lines that name the project by options of two categories', () => {
    const lines = [
      line({ id: 'a', tracking: tracking('Job=Riverside', 'Site=North gate') }),
      line({ id: 'b', tracking: tracking('Site=North gate') }),
      line({ id: 'c', tracking: tracking('job=RIVERSIDE', 'Trade=Concrete') }),
    ];
    expect(shared(lines, tables(anyAccount))).toEqual(['Riverside Medical Center: a, b, c']);
  });

  it('is none at all for an order without lines', () => {
    expect(shared([], tables(anyAccount))).toEqual([]);
  });
});

describe('a line that names no project', () => {
  it('is refused, with what a person needs to find it', () => {
    const bare = line({ description: 'Rebar #5', item: 'REB-5', tracking: tracking('Trade=Concrete') });
    expect(() => shared([bare], tables(anyAccount))).toThrow(
      expect.objectContaining({
        code: 'project-unmapped',
        facts: {
          line: 'Rebar #5',
          amount: '100.00',
          account: '310',
          item: 'REB-5',
          tracking: 'Trade=Concrete',
        },
      }),
    );
  });

  it('is named by its id where it has no description', () => {
    expect(() => shared([line({ description: '' })], tables(anyAccount))).toThrow(/\(line: line-1; amount/);
  });

  it.each(['24-117', 'oak street lofts', oakStreet.id])(
    'goes to the default project %s',
    (defaultProject) => {
      const lines = [line({ id: 'a' }), line({ id: 'b', tracking: tracking('Trade=Concrete') })];
      expect(shared(lines, tables(anyAccount, { defaultProject }))).toEqual(['Oak Street Lofts: a, b']);
    },
  );

  it('does not drag lines that name one along to the default', () => {
    const lines = [line({ id: 'a' }), line({ id: 'b', tracking: atRiverside })];
    expect(shared(lines, tables(anyAccount, { defaultProject: '24-117' }))).toEqual([
      'Oak Street Lofts: a',
      'Riverside Medical Center: b',
    ]);
  });

  it('is refused where Procore does not show the default project', () => {
    expect(() => shared([line()], tables(anyAccount, { defaultProject: '99-999' }))).toThrow(
      expect.objectContaining({ code: 'project-not-visible', facts: { project: '99-999' } }),
    );
  });
});

describe('an option of a project category that nobody mapped yet', () => {
  const unknown = line({ tracking: tracking('Job=Harbour') });

  it('never falls to the default project', () => {
    const given = tables(anyAccount, { defaultProject: '24-117' });
    expect(() => shared([unknown], given)).toThrow(expect.objectContaining({ code: 'project-unmapped' }));
    const shouted = line({ tracking: tracking('JOB=Harbour') });
    expect(() => shared([shouted], given)).toThrow(expect.objectContaining({ code: 'project-unmapped' }));
  });

  it('is no hindrance while no option of its category is mapped: then the category is not about projects', () => {
    const given = tables(anyAccount, { defaultProject: '24-117', projectRules: [] });
    expect(shared([unknown], given)).toEqual(['Oak Street Lofts: line-1']);
  });
});

describe('a project option', () => {
  it('that stands for a project Procore does not show is refused by the text in the table', () => {
    const given = tables(anyAccount, { projects: [oakStreet] });
    expect(() => shared([line({ tracking: atRiverside })], given)).toThrow(
      expect.objectContaining({ code: 'project-not-visible', facts: { project: '24-101' } }),
    );
  });

  it('beside one of another project is refused, naming both', () => {
    const torn = line({ tracking: tracking('Job=Oak Street', 'Site=North gate') });
    expect(() => shared([torn], tables(anyAccount))).toThrow(
      expect.objectContaining({
        code: 'project-ambiguous',
        facts: expect.objectContaining({
          projects: ['Oak Street Lofts', 'Riverside Medical Center'],
          tracking: 'Job=Oak Street + Site=North gate',
        }),
      }),
    );
  });
});

describe('a line without an account', () => {
  it('that is worth nothing is a remark, wherever it stands', () => {
    const lines = [lineWithoutAccount({ net: '0' }), line({ id: 'a', tracking: atRiverside })];
    expect(shared(lines, tables(anyAccount))).toEqual(['Riverside Medical Center: a']);
  });

  it.each(['0.01', '-250.00'])('that carries %s is refused, even where a rule takes anything', (net) => {
    const given = tables(anyAccount, { defaultProject: '24-117' });
    expect(() => shared([lineWithoutAccount({ net })], given)).toThrow(
      expect.objectContaining({ code: 'line-without-account' }),
    );
  });

  it('worth nothing is different from one with an account: that is carried', () => {
    expect(shared([line({ net: '0', tracking: atRiverside })], tables(anyAccount))).toEqual([
      'Riverside Medical Center: line-1',
    ]);
  });
});

describe('a line that no rule takes', () => {
  it('is refused with its project, so that the rule can be written', () => {
    const rules = [{ account: '320', target: concrete }];
    expect(() => shared([line({ tracking: atRiverside })], tables(rules))).toThrow(
      expect.objectContaining({
        code: 'account-unmapped',
        facts: expect.objectContaining({ account: '310', project: 'Riverside Medical Center' }),
      }),
    );
  });

  it('refuses the whole order, whatever its other lines are', () => {
    const lines = [
      line({ id: 'a', tracking: atRiverside }),
      line({ id: 'b', account: '999', tracking: atRiverside }),
    ];
    expect(() => shared(lines, tables([{ account: '310', target: concrete }]))).toThrow(/account: 999/);
  });
});

describe('a rule that leaves lines out', () => {
  const rules: CostCodeRule[] = [
    { account: '310', target: concrete },
    { account: '469', target: office },
    { account: '470', project: '24-101', target: office },
    { account: '470', project: '24-117', target: concrete },
  ];

  it('takes them out of the share and leaves the others', () => {
    const lines = [
      line({ id: 'a', tracking: atRiverside }),
      line({ id: 'b', account: '469', tracking: atRiverside }),
    ];
    expect(shared(lines, tables(rules))).toEqual(['Riverside Medical Center: a']);
  });

  it('leaves no share of an order of office supplies, with and without a project', () => {
    const lines = [line({ account: '469' }), line({ id: 'b', account: '469', tracking: atRiverside })];
    expect(shared(lines, tables(rules))).toEqual([]);
  });

  it('leaves out an unmapped option too, since it belongs nowhere anyway', () => {
    expect(shared([line({ account: '469', tracking: tracking('Job=Harbour') })], tables(rules))).toEqual([]);
  });

  it('for one project does not excuse a line from naming its project', () => {
    expect(() => shared([line({ account: '470' })], tables(rules))).toThrow(
      expect.objectContaining({ code: 'project-unmapped' }),
    );
    expect(shared([line({ account: '470', tracking: atRiverside })], tables(rules))).toEqual([]);
    expect(shared([line({ account: '470', tracking: tracking('Job=Oak Street') })], tables(rules))).toEqual([
      'Oak Street Lofts: line-1',
    ]);
  });
});

describe('any order whose lines all have a project and a rule', () => {
  it('is shared out whole: every line in exactly one share, no project twice', () => {
    const anyLines = fc.array(fc.constantFrom('Riverside', 'Oak Street', 'Cedar'), { maxLength: 40 });
    fc.assert(
      fc.property(anyLines, (jobs) => {
        const lines = jobs.map((job, index) => line({ id: `l${index}`, tracking: tracking(`Job=${job}`) }));
        const shares = allocate(order({ lines }), tables(anyAccount));
        const carried = shares.flatMap((share) => share.lines.map((one) => one.line.id));
        expect(carried.toSorted()).toEqual(lines.map(({ id }) => id).toSorted());
        expect(new Set(shares.map(({ project }) => project.id)).size).toBe(shares.length);
        expect(shares).toHaveLength(new Set(jobs).size);
      }),
      { seed: 7 },
    );
  });
});
