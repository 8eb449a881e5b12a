import { describe, expect, it } from '@jest/globals';
import { namesNumber } from '../../../lib/core/suggest/number-in-text.ts';

describe('the number of a project in the text of an option', () => {
  it.each([
    ['1042 Riverside', '1042'],
    ['Riverside (1042)', '1042'],
    ['1042-Riverside', '1042'],
    ['Job #1042: Riverside', '1042'],
    ['Riverside/1042', '1042'],
    ['24-101 North', '24-101'],
    ['24101 North', '24-101'],
    ['North_24.101', '24-101'],
    ['024-101', '24-101'],
    ['a-17b North', 'A-17B'],
    ['7', '7'],
    ['\u05D1\u05E0\u05D9\u05D9\u05DF 1042', '1042'],
  ])('%s has %s', (text, number) => {
    expect(namesNumber(text, number)).toBe(true);
  });

  it.each([
    ['10421 Riverside', '1042'],
    ['24-1042 North', '1042'],
    ['24-101 North', '24'],
    ['24-101 North', '101'],
    ['1042.2 Phase two', '1042'],
    ['A1042', '1042'],
    ['Phase 2', '2'],
    ['Riverside', '1042'],
    ['Riverside', '-'],
    ['\u{1F3D7}', '\u{1F3D7}'],
  ])('%s has no %s', (text, number) => {
    expect(namesNumber(text, number)).toBe(false);
  });
});
