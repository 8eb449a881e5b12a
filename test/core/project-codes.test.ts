import { describe, expect, it } from '@jest/globals';
import type { ProjectCodes } from '../../lib/core/project-codes.ts';
import { resolveTarget } from '../../lib/core/project-codes.ts';
import { riverside } from './builders.ts';

const codes: ProjectCodes = {
  costCodes: [
    { id: '1', code: '03', name: 'Concrete', leaf: false },
    { id: '2', code: '03-300', name: 'Cast-in-place', leaf: true },
    // A code that has been given children and made anew beneath them.
    { id: '3', code: '06-100', name: 'Rough carpentry', leaf: false },
    { id: '4', code: '06-100', name: 'Rough carpentry', leaf: true },
  ],
  costTypes: [
    { id: '11', code: 'M', name: 'Materials' },
    { id: '12', code: 'L', name: 'Labor' },
  ],
  wbsCodes: [{ id: '21', code: '03-300.M' }],
  segments: [],
};
const resolve = (target: Parameters<typeof resolveTarget>[0]) => resolveTarget(target, riverside, codes);

describe('the target of a rule in a project', () => {
  it.each([
    ['the name of the cost type', '03-300', 'Materials', { costCodeId: '2', costTypeId: '11' }],
    ['its code', '03-300', 'L', { costCodeId: '2', costTypeId: '12' }],
    ['the leaf where a heading has the same code', '06-100', 'M', { costCodeId: '4', costTypeId: '11' }],
  ])('is found by %s', (_case, costCode, costType, expected) => {
    expect(resolve({ costCode, costType })).toEqual(expected);
  });

  it('is found by its WBS code', () => {
    expect(resolve({ wbsCode: '03-300.M' })).toEqual({ wbsCodeId: '21' });
  });

  it.each([
    ['a heading', '03', {}],
    ['a code of another project', '16-100', {}],
    ['part of a code', '03-3', { candidates: ['03-300'] }],
    ['written another way', '3.300', { candidates: ['03-300'] }],
  ])('is refused where it is %s, with what may be meant', (_case, costCode, candidates) => {
    expect(() => resolve({ costCode, costType: 'Materials' })).toThrow(
      expect.objectContaining({
        code: 'cost-code-not-in-project',
        facts: { costCode, project: 'Riverside Medical Center', ...candidates },
      }),
    );
  });

  it('is refused where Procore has no such cost type', () => {
    expect(() => resolve({ costCode: '03-300', costType: 'Material' })).toThrow(
      expect.objectContaining({
        code: 'cost-type-unknown',
        facts: { costType: 'Material', candidates: ['M (Materials)', 'L (Labor)'] },
      }),
    );
  });

  it('is refused where the WBS code is not active in the project', () => {
    expect(() => resolve({ wbsCode: '03-300.L' })).toThrow(
      expect.objectContaining({
        code: 'wbs-code-not-in-project',
        facts: {
          wbsCode: '03-300.L',
          project: 'Riverside Medical Center',
          candidates: ['03-300.M'],
        },
      }),
    );
  });

  it('is refused where the project demands more segments than a cost code and a cost type', () => {
    const zone = { id: '31', name: 'Zone', type: 'custom', required: true };
    const zoned = { ...codes, wbsCodes: [{ id: '22', code: '03-300.M.N' }], segments: [zone] };
    const target = { costCode: '03-300', costType: 'Materials' };
    expect(() => resolveTarget(target, riverside, zoned)).toThrow(
      expect.objectContaining({
        code: 'segment-missing',
        facts: {
          project: 'Riverside Medical Center',
          segments: ['Zone'],
          target: '03-300.M',
          candidates: ['03-300.M.N'],
        },
      }),
    );
    expect(resolveTarget({ wbsCode: '03-300.M.N' }, riverside, zoned)).toEqual({ wbsCodeId: '22' });
    const free = { ...zoned, segments: [{ ...zone, required: false }] };
    expect(resolveTarget(target, riverside, free)).toEqual({ costCodeId: '2', costTypeId: '11' });
  });
});
