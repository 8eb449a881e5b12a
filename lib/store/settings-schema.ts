import * as z from 'zod/mini';
import type { Settings } from '../core/settings.ts';

export const calendarDate = z.iso.date('must be a calendar date such as 2026-11-22');

const MINUTES = 'must be auto or whole minutes, 1 to 1440';
const HOURS = 'must be whole hours, 1 to 720';
const DAYS = 'must be whole days, 1 to 60';
const TOLERANCE = 'must be an amount such as 0 or 25.50';

/** Every setting but the start date, with its default. Each message says what may stand there. */
export const settingsWithDefaults = {
  // What is submitted has been thought over by a person; drafts are still being typed.
  purchaseOrderFrom: choice(['DRAFT', 'SUBMITTED', 'AUTHORISED'], 'SUBMITTED'),
  // A draft counts nowhere in Procore until a bill fills it, so it can do no harm.
  requisitionOnPurchaseOrder: choice(['draft', 'none'], 'draft'),
  // None: a line without a project is more often a slip than a habit.
  defaultProject: z.exactOptional(nonEmpty("must be a project's number, name or id")),
  // Who connects wants documents to arrive.
  dryRun: z._default(z.boolean('must be true or false'), false),
  // Quick while somebody is at work, sparing with calls at night.
  pollMinutes: z._default(
    z.union([z.literal('auto'), z.int(MINUTES).check(z.gte(1, MINUTES), z.lte(1440, MINUTES))], MINUTES),
    'auto',
  ),
  // What Xero allows on every tier but Starter (1,000).
  xeroDailyCalls: z._default(
    z
      .int('must be a whole number of calls')
      .check(z.gte(100, 'must be at least 100'), z.lte(1_000_000, 'must be at most 1000000')),
    5000,
  ),
  // Merging two vendors in Procore is harder than answering one question.
  nearMatch: choice(['ask', 'create'], 'ask'),
  // A directory full of suppliers that no job uses helps nobody.
  contacts: choice(['used', 'suppliers', 'none'], 'used'),
  // Billing periods are agreed with the owner; inventing one is for people.
  billingPeriods: choice(['reuse', 'create'], 'reuse'),
  // Tax that is claimed back is no cost of the job.
  amounts: choice(['net', 'gross'], 'net'),
  // The rate of the day is not the rate that will be paid.
  foreignCurrency: choice(['park', 'convert'], 'park'),
  // The project's budget is what people watch; single codes are overdrawn and evened out all the time.
  budgetScope: choice(['project', 'budget-code', 'both', 'off'], 'project'),
  // The view that every Procore company has.
  budgetView: z._default(nonEmpty('must be the name or id of a budget view'), 'Procore Standard Budget'),
  // The earlier of the two: the project sees what it owes before it is paid.
  paymentApplicationOn: choice(['authorised', 'paid'], 'authorised'),
  // A bill above its order is a mistake or a decision; both want eyes.
  overBilling: choice(['approve', 'park', 'allow'], 'approve'),
  // Parts that were each rounded to the cent need not sum to the whole; less than one unit is nobody's decision.
  overBillingTolerance: z._default(tolerance(), '1'),
  // Nobody, until somebody is named: then what is held is decided at the command line.
  approvers: z._default(z.array(approver(), 'must be a list of approvers'), []),
  // None: who may approve may approve alone.
  secondApproverAbove: z.exactOptional(tolerance()),
  // A working day, so that nobody is reminded of what came in this morning.
  remindAfterHours: hours(24),
  // Two working days: then it is likelier that somebody is away than that somebody is thinking.
  escalateAfterHours: hours(48),
  // Over a weekend and a holiday, and not for ever in somebody's mailbox.
  approvalLinkDays: z._default(z.int(DAYS).check(z.gte(1, DAYS), z.lte(60, DAYS)), 7),
  // Costs that never had an order are costs all the same.
  directCosts: choice(['on', 'off'], 'on'),
  // Journals move what was booked before: copied without thought they count twice.
  manualJournals: choice(['on', 'off'], 'off'),
  // Files cost calls on both sides, and most stay unread.
  attachments: choice(['on', 'off'], 'off'),
};

/** Every setting that has a default, with it. */
export function usualSettings(): Omit<Settings, 'startDate'> {
  return z.object(settingsWithDefaults).parse({});
}

function choice<const Word extends string>(words: readonly [Word, Word, ...Word[]], usual: NoInfer<Word>) {
  const message = `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return z._default(z.enum(words, message), usual as never);
}

function nonEmpty(message: string) {
  return z.string(message).check(z.trim(), z.minLength(1, 'must not be empty'));
}

function approver() {
  return z.strictObject(
    {
      name: nonEmpty('must be the name of a person'),
      email: z.email('must be an e-mail address'),
      projects: z.exactOptional(
        z
          .array(nonEmpty("must be a project's number, name or id"), 'must be a list of projects')
          .check(z.minLength(1, 'must name a project, or be left out for all')),
      ),
      upTo: z.exactOptional(tolerance()),
      standIn: z.exactOptional(z.boolean('must be true or false')),
    },
    'must be an approver: name, email, and perhaps projects, upTo, standIn',
  );
}

function hours(usual: number) {
  return z._default(z.int(HOURS).check(z.gte(1, HOURS), z.lte(720, HOURS)), usual);
}

/** JSON numbers are taken, too, and kept as the text that they are written with. */
function tolerance() {
  return z.pipe(
    z.pipe(z.union([z.number(), z.string()], TOLERANCE), z.transform(String)),
    z.string().check(z.regex(/^\d{1,12}(\.\d{1,2})?$/, TOLERANCE)),
  );
}
