import { describe, expect, it } from '@jest/globals';
import { BadInput } from '../../lib/core/errors.ts';
import { parseSettings } from '../../lib/store/connection-schema.ts';
import { withoutEffect } from '../../lib/store/settings-schema.ts';

const TODAY = '2026-11-22';

function fieldsRefused(input: unknown): unknown {
  try {
    return parseSettings(input, TODAY);
  } catch (error) {
    expect(error).toBeInstanceOf(BadInput);
    expect((error as BadInput).code).toBe('connection-file-invalid');
    return (error as BadInput).facts.fields;
  }
}

describe('settings of a connection file', () => {
  it('default to what suits a contractor who says nothing', () => {
    expect(parseSettings({}, TODAY)).toEqual({
      startDate: '2026-11-22',
      purchaseOrderFrom: 'SUBMITTED',
      requisitionOnPurchaseOrder: 'draft',
      dryRun: false,
      pollMinutes: 'auto',
      xeroDailyCalls: 5000,
      nearMatch: 'ask',
      contacts: 'used',
      billingPeriods: 'reuse',
      amounts: 'net',
      foreignCurrency: 'park',
      budgetScope: 'project',
      budgetView: 'Procore Standard Budget',
      paymentApplicationOn: 'authorised',
      overBilling: 'approve',
      overBillingTolerance: '0',
      approvers: [],
      remindAfterHours: 24,
      escalateAfterHours: 48,
      approvalLinkDays: 7,
      directCosts: 'on',
      manualJournals: 'off',
      attachments: 'off',
    });
  });

  it('keep every value that is given', () => {
    const given = {
      startDate: '2025-07-01',
      purchaseOrderFrom: 'AUTHORISED',
      requisitionOnPurchaseOrder: 'none',
      defaultProject: 'Head office',
      dryRun: true,
      pollMinutes: 15,
      xeroDailyCalls: 1000,
      nearMatch: 'create',
      contacts: 'suppliers',
      billingPeriods: 'create',
      amounts: 'gross',
      foreignCurrency: 'convert',
      budgetScope: 'both',
      budgetView: '562949953421312',
      paymentApplicationOn: 'paid',
      overBilling: 'park',
      overBillingTolerance: '25.50',
      approvers: [
        { name: 'Sam Ortiz', email: 'sam@example.com', projects: ['1042'], upTo: '5000' },
        { name: 'Lee Harlan', email: 'lee@example.com', standIn: true },
      ],
      secondApproverAbove: '50000',
      remindAfterHours: 8,
      escalateAfterHours: 16,
      approvalLinkDays: 3,
      directCosts: 'off',
      manualJournals: 'on',
      attachments: 'on',
    };
    expect(parseSettings(given, TODAY)).toEqual(given);
  });

  it('take the tolerance as a number, too', () => {
    expect(parseSettings({ overBillingTolerance: 12.5 }, TODAY).overBillingTolerance).toBe('12.5');
  });

  it.each([
    [{ startDate: '22/11/2026' }, 'settings.startDate must be a calendar date such as 2026-11-22'],
    [{ startDate: '2026-02-30' }, 'settings.startDate must be a calendar date such as 2026-11-22'],
    [{ purchaseOrderFrom: 'BILLED' }, 'settings.purchaseOrderFrom must be DRAFT, SUBMITTED or AUTHORISED'],
    [{ requisitionOnPurchaseOrder: true }, 'settings.requisitionOnPurchaseOrder must be draft or none'],
    [{ nearMatch: 'maybe' }, 'settings.nearMatch must be ask or create'],
    [{ defaultProject: '' }, 'settings.defaultProject must not be empty'],
    [{ defaultProject: 100 }, "settings.defaultProject must be a project's number, name or id"],
    [{ pollMinutes: 0 }, 'settings.pollMinutes must be auto or whole minutes, 1 to 1440'],
    [{ pollMinutes: 1.5 }, 'settings.pollMinutes must be auto or whole minutes, 1 to 1440'],
    [{ pollMinutes: 'often' }, 'settings.pollMinutes must be auto or whole minutes, 1 to 1440'],
    [{ xeroDailyCalls: 10 }, 'settings.xeroDailyCalls must be at least 100'],
    [{ xeroDailyCalls: '5000' }, 'settings.xeroDailyCalls must be a whole number of calls'],
    [{ dryRun: 'yes' }, 'settings.dryRun must be true or false'],
    [{ budgetScope: 'line' }, 'settings.budgetScope must be project, budget-code, both or off'],
    [{ budgetView: ' ' }, 'settings.budgetView must not be empty'],
    [{ overBillingTolerance: -1 }, 'settings.overBillingTolerance must be an amount such as 0 or 25.50'],
    [{ overBillingTolerance: '5 %' }, 'settings.overBillingTolerance must be an amount such as 0 or 25.50'],
    [{ overBillingTolerance: null }, 'settings.overBillingTolerance must be an amount such as 0 or 25.50'],
    [{ approvers: 'dana' }, 'settings.approvers must be a list of approvers'],
    [
      { approvers: [{ name: 'Dana', email: 'dana' }] },
      'settings.approvers.0.email must be an e-mail address',
    ],
    [
      { approvers: [{ name: 'Dana', email: 'dana@example.com', limit: 5 }] },
      'settings.approvers.0.limit is not a setting',
    ],
    [
      { approvers: [{ name: 'Dana', email: 'dana@example.com', projects: [] }] },
      'settings.approvers.0.projects must name a project, or be left out for all',
    ],
    [{ secondApproverAbove: 'much' }, 'settings.secondApproverAbove must be an amount such as 0 or 25.50'],
    [{ escalateAfterHours: 0.5 }, 'settings.escalateAfterHours must be whole hours, 1 to 720'],
    [{ approvalLinkDays: 365 }, 'settings.approvalLinkDays must be whole days, 1 to 60'],
    [{ nearmatch: 'ask' }, 'settings.nearmatch is not a setting'],
  ])('refuse %j and say what may stand there', (input, message) => {
    expect(fieldsRefused(input)).toEqual([message]);
  });

  it('name all mistakes at once', () => {
    expect(fieldsRefused({ nearMatch: 1, pollMinutes: -1, colour: 'red' })).toEqual([
      'settings.pollMinutes must be auto or whole minutes, 1 to 1440',
      'settings.nearMatch must be ask or create',
      'settings.colour is not a setting',
    ]);
  });

  it('refuse what is no object', () => {
    expect(fieldsRefused(['startDate'])).toEqual(['settings must be an object']);
  });
});

describe('settings that this version only stores', () => {
  it('are named where somebody relies on them, and not where the version behaves like that anyway', () => {
    const chosen = { nearMatch: 'create', contacts: 'suppliers', overBillingTolerance: 5 };
    expect(withoutEffect(parseSettings({ ...chosen, purchaseOrderFrom: 'DRAFT' }, TODAY))).toEqual([
      'contacts',
    ]);
    expect(withoutEffect(parseSettings({}, TODAY))).toEqual([]);
  });
});
