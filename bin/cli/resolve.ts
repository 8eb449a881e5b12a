import type { Command } from 'commander';
import { BadInput } from '../../lib/core/errors.ts';
import type { RuleTarget } from '../../lib/core/rules/rule.ts';
import { addProject, addRule } from '../../lib/flows/mappings/add-rows.ts';
import { chooseVendor } from '../../lib/flows/vendors/choose-vendor.ts';
import { whoAmI } from './consent.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print } from './io.ts';
import { chooseConnection, open } from './open.ts';
import { importInWords, sayWarnings } from './table-views.ts';

/** Answers to what is parked, one by one; everything that waits for the same answer goes on at once. */
export function addResolve(program: Command, io: Io): void {
  const group = program
    .command('resolve')
    .description('Answer what `ml-connector parked` asks; what waits for the answer goes on at once');
  addVendor(group, io);
  addProjectAnswer(group, io);
  addCode(group, io);
}

type VendorOptions = GlobalOptions & { contact: string; vendor?: string; create?: boolean };

function addVendor(group: Command, io: Io): void {
  group
    .command('vendor')
    .description('Say which Procore vendor a Xero contact is, or that it is to become a new one')
    .requiredOption('--contact <id>', "the contact's Xero id, as `ml-connector parked` shows it")
    .option('--vendor <id>', "the vendor's Procore id")
    .option('--create', 'none of those that there are')
    .addHelpText(
      'after',
      examples(
        'vendor --contact 1f6c0d54-… --vendor 598134325600077',
        'vendor --contact 1f6c0d54-… --create',
      ),
    )
    .action(async (_options, command: Command) => {
      const { contact, vendor, create, json, ...options } = command.optsWithGlobals<VendorOptions>();
      if ((vendor === undefined) === (create !== true)) {
        throw new BadInput('usage', { facts: { problem: 'name a --vendor, or --create' } });
      }
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const chosen = await chooseVendor(id, contact, vendor ?? 'create', { by: whoAmI() }, deployment);
      print(io, json, chosen, () => {
        const is = chosen.vendor ? `is ${chosen.vendor.name} (${chosen.vendor.id})` : 'becomes a new vendor';
        return `${chosen.supplier} ${is}. ${chosen.requeued} documents go on.`;
      });
    });
}

type ProjectOptions = GlobalOptions & { option: string; project: string };

function addProjectAnswer(group: Command, io: Io): void {
  group
    .command('project')
    .description('Say which Procore project a tracking option is')
    .requiredOption('--option <category=option>', 'the tracking option')
    .requiredOption('--project <project>', "the project's number, name or id")
    .addHelpText('after', examples('project --option "Project=Riverside Clinic" --project 1042'))
    .action(async (_options, command: Command) => {
      const { option, project, json, ...options } = command.optsWithGlobals<ProjectOptions>();
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const row = { ...optionIn(option), project };
      const imported = await addProject(id, row, author(), deployment);
      sayWarnings(imported.warnings, io);
      print(io, json, imported, () => importInWords(imported));
    });
}

type CodeOptions = GlobalOptions & {
  account?: string;
  item?: string;
  option?: string;
  project?: string;
  costCode?: string;
  costType?: string;
  wbsCode?: string;
  leaveOut?: string;
};

function addCode(group: Command, io: Io): void {
  group
    .command('code')
    .description('Say which cost code lines of an account, item, tracking option or project go to')
    .option('--account <code>', "the account's code")
    .option('--item <code>', "the item's code, or its beginning: TIM-*")
    .option('--option <category=option>', 'a tracking option')
    .option('--project <project>', 'in this project alone: its number, name or id')
    .option('--cost-code <code>', 'with --cost-type')
    .option('--cost-type <type>', 'its code or name')
    .option('--wbs-code <code>', 'with all its segments: 03-300.M.N')
    .option('--leave-out <reason>', 'leave such lines out')
    .addHelpText(
      'after',
      examples(
        'code --account 5100 --cost-code 03-300 --cost-type S',
        'code --account 5000 --item "TIM-*" --project 1047 --wbs-code 06-110.M',
        'code --account 6100 --leave-out "office supplies"',
      ),
    )
    .action(async (_options, command: Command) => {
      const { json, ...options } = command.optsWithGlobals<CodeOptions>();
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const imported = await addRule(id, ruleIn(options), author(), deployment);
      sayWarnings(imported.warnings, io);
      print(io, json, imported, () => importInWords(imported));
    });
}

function ruleIn({ account, item, option, project, ...target }: CodeOptions) {
  return {
    ...(account !== undefined && { account }),
    ...(item !== undefined && { item }),
    ...(option !== undefined && { tracking: optionIn(option) }),
    ...(project !== undefined && { project }),
    target: targetIn(target),
  };
}

/** A half target is refused where the whole table is checked. */
function targetIn({ costCode, costType, wbsCode, leaveOut }: CodeOptions): RuleTarget {
  const given = [costCode ?? costType, wbsCode, leaveOut].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new BadInput('usage', {
      facts: { problem: 'name --cost-code with --cost-type, or --wbs-code, or --leave-out' },
    });
  }
  if (wbsCode !== undefined) return { wbsCode };
  if (leaveOut !== undefined) return { leaveOut };
  return { costCode: costCode ?? '', costType: costType ?? '' };
}

function optionIn(text: string): { category: string; option: string } {
  const [category = '', ...rest] = text.split('=');
  const option = rest.join('=').trim();
  if (category.trim() === '' || option === '') {
    throw new BadInput('usage', { facts: { problem: 'a tracking option is written Category=Option' } });
  }
  return { category: category.trim(), option };
}

function author() {
  return { by: whoAmI(), how: 'resolve' };
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ml-connector resolve ${line}`).join('\n')}`;
}
