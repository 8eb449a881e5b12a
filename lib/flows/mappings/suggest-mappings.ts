import type { Connection } from '../../core/connection.ts';
import type { SeenDocument } from '../../core/coverage/sums.ts';
import type { Project } from '../../core/procore-records.ts';
import type { CostCodeRule } from '../../core/rules/rule.ts';
import { isSame, namesProject } from '../../core/rules/rule.ts';
import type { CodeList } from '../../core/suggest/code-list.ts';
import { listCodes } from '../../core/suggest/code-list.ts';
import { growingBook } from '../../core/suggest/growing-book.ts';
import { suggestProjects } from '../../core/suggest/suggest-projects.ts';
import { suggestRules } from '../../core/suggest/suggest-rules.ts';
import { wantedOf, wantedUnseen } from '../../core/suggest/wanted.ts';
import { openProjectTool } from '../clients.ts';
import type { Deployment } from '../deployment.ts';
import { counted } from '../doctor/in-words.ts';
import type { MappingTables } from '../doctor/mapping-tables.ts';
import { readMappings } from '../doctor/mapping-tables.ts';
import type { Catalogue } from '../reference/catalogue.ts';
import { openCatalogue } from '../reference/catalogue.ts';
import { allocationTables } from './allocation-tables.ts';
import { postedLines } from './posted-lines.ts';
import { RULES } from './rule-csv.ts';
import type { Progress } from './seen-documents.ts';
import { seenDocuments } from './seen-documents.ts';
import { eachOnce, projectText } from './suggest-projects.ts';
import type { Suggestions, SuggestOptions } from './suggestions.ts';

/**
 * Suggests rules for lines that have none, as a CSV to review and import: by what was posted in Procore before, by
 * codes and by names. Changes nothing. Throws RetryLater, Stop, ProcoreRefused.
 */
export async function suggestRuleRows(
  connection: Connection,
  { days, all }: SuggestOptions,
  deployment: Deployment,
  progress: Progress,
): Promise<Suggestions> {
  const { documents } = await seenDocuments(connection, days, deployment, progress);
  progress('Reading accounts, items and projects');
  const catalogue = openCatalogue(deployment, connection);
  const [accounts, items, listed] = [
    await catalogue.fresh('xero/accounts'),
    await catalogue.fresh('xero/items'),
    await catalogue.fresh('procore/projects'),
  ];
  const mappings = await readMappings(connection, deployment);
  const active = listed.filter((project) => project.active);
  const tables = allocationTables(connection, mappings, active);
  const wanted = [...wantedOf(documents, tables), ...(all ? wantedUnseen(accounts, items) : [])];

  const mapped = active.filter((project) => mappings.named.some((text) => namesProject(text, project)));
  // Before there is a table of projects, any of them may tell.
  const projects = mapped.length > 0 ? mapped : active;
  const book = growingBook(mappings.rules);
  const lacking = new Set(
    wanted.filter(({ line, project }) => !book.inForce(line, project)).map(({ line }) => line.account),
  );
  const orders = documents.filter(
    ({ kind, lines }) => kind === 'purchase-order' && lines.some(({ account }) => lacking.has(account)),
  );
  const tool = openProjectTool(deployment, connection);
  const textOf = projectText(listed);
  const { suggested, open } = suggestRules(wanted, {
    rules: inSameWords(mappings.rules, textOf),
    posted: await postedLines(orders, projects, tool, progress),
    codes: await codesOf(projects, catalogue, progress),
    names: {
      account: new Map(accounts.flatMap(({ code, name }) => (code === undefined ? [] : [[code, name]]))),
      item: new Map(items.map(({ code, name }) => [code, name])),
    },
    isProjectCategory: projectCategories(mappings, documents, active),
    textOf,
  });
  return {
    csv: RULES.format(suggested),
    suggested: suggested.map((row) => ({ row, reason: row.note ?? '' })),
    open: open.map(({ what, lines, candidates }) => ({
      what: `${what}: ${counted(lines, 'line')}`,
      candidates,
    })),
  };
}

/** Two texts for one project would hide a tie. */
function inSameWords(
  rules: CostCodeRule[],
  textOf: (project: Pick<Project, 'id'>) => string,
): CostCodeRule[] {
  return rules.map((rule) =>
    rule.ids?.project === undefined ? rule : { ...rule, project: textOf({ id: rule.ids.project }) },
  );
}

async function codesOf(projects: Project[], catalogue: Catalogue, progress: Progress): Promise<CodeList> {
  const costTypes = await catalogue.entries('procore/cost-types');
  const codes: Parameters<typeof listCodes>[0] = [];
  for (const { id, name } of projects) {
    progress(`Reading the cost codes of ${name}`);
    const costCodes = await catalogue.entries('procore/cost-codes/P', id);
    codes.push({ costCodes, costTypes, wbsCodes: await catalogue.entries('procore/wbs-codes/P', id) });
  }
  return listCodes(codes);
}

/** Those of the projects table; before there is one, those of which an option is called like a project. */
function projectCategories(
  { projectRules }: MappingTables,
  documents: SeenDocument[],
  projects: Project[],
): (category: string) => boolean {
  const seen = documents.flatMap(({ lines }) => lines.flatMap(({ tracking }) => tracking));
  const categories =
    projectRules.length > 0 ? projectRules : suggestProjects(eachOnce(seen), projects, () => false).suggested;
  return (category) => categories.some((it) => isSame(it.category, category));
}
