import { describe, expect, it } from '@jest/globals';
import type { Code } from '../../lib/core/codes.ts';
import { CODES } from '../../lib/core/codes.ts';
import {
  BadInput,
  ConnectorError,
  NeedsPerson,
  ProcoreRefused,
  RetryLater,
  Stop,
} from '../../lib/core/errors.ts';

describe('an error of the connector', () => {
  it('says what its code says, with the facts of the case behind', () => {
    const error = new NeedsPerson('account-unmapped', {
      facts: { line: 'Rebar #5', amount: '1980.00', account: '310' },
    });
    expect(error.message).toBe(
      'No mapping rule gives this line a cost code (line: Rebar #5; amount: 1980.00; account: 310)',
    );
    expect(error.fix).toBe(CODES['account-unmapped'].fix);
    expect(error).toMatchObject({ code: 'account-unmapped', facts: { account: '310' } });
  });

  it('lists several candidates in one sentence', () => {
    const error = new NeedsPerson('vendor-ambiguous', {
      facts: { candidates: ['ABC Inc (1)', 'ABC LLC (2)'] },
    });
    expect(error.message).toBe(
      'It is not certain which Procore vendor this supplier is (candidates: ABC Inc (1), ABC LLC (2))',
    );
  });

  it('is the bare sentence without facts', () => {
    expect(new NeedsPerson('contact-missing').message).toBe('The order names no supplier');
    expect(new NeedsPerson('contact-missing').facts).toEqual({});
  });

  it('keeps its cause, and has none where there was none', () => {
    const cause = new Error('socket hang up');
    expect(new RetryLater('xero-unavailable', 30, { cause }).cause).toBe(cause);
    expect('cause' in new RetryLater('xero-unavailable', 30)).toBe(false);
  });

  it.each([
    ['RetryLater', new RetryLater('xero-rate-limited', 17)],
    ['NeedsPerson', new NeedsPerson('contact-missing')],
    ['Stop', new Stop('xero-consent-lost')],
    ['BadInput', new BadInput('csv-invalid')],
  ])('is told apart by its kind: %s', (name, error) => {
    expect(error).toBeInstanceOf(ConnectorError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(name);
    expect(String(error)).toContain(`${name}: `);
  });

  it('knows for how long trying again is useless', () => {
    expect(new RetryLater('xero-rate-limited', 17).afterSeconds).toBe(17);
  });
});

describe('a refusal by Procore', () => {
  it('repeats Procore’s words field by field', () => {
    const refused = new ProcoreRefused('purchase order PO-0107', 422, {
      number: ['has already been taken', 'is too long'],
      base: ['Contract is locked'],
    });
    expect(refused.message).toBe(
      'Procore refused purchase order PO-0107 (422): number has already been taken, is too long; base Contract is locked',
    );
    expect(refused).toMatchObject({ status: 422, name: 'ProcoreRefused' });
    expect(refused).not.toBeInstanceOf(ConnectorError);
  });

  it('says so where Procore gave no reason', () => {
    expect(new ProcoreRefused('a vendor', 400, {}).message).toBe(
      'Procore refused a vendor (400): no reason given',
    );
  });
});

describe('the table of codes', () => {
  it.each(Object.keys(CODES) as Code[])('%s says what happened and what to do about it', (code) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(CODES[code].says).toMatch(/^[A-Z].*[^.]$/);
    expect(CODES[code].fix).toMatch(/^[A-Z].*\.$/);
  });

  it('never describes two things with one sentence', () => {
    const sentences = Object.values(CODES).map(({ says }) => says);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});
