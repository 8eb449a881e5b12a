import type { Connection } from '../../core/connection.ts';
import type { TrackingChoice } from '../../core/documents.ts';
import type { Project } from '../../core/procore-records.ts';
import { openDirectory } from '../../core/rules/directory.ts';
import { currentText } from '../../core/rules/identify.ts';
import { carries, isSame, optionText } from '../../core/rules/rule.ts';
import { suggestProjects } from '../../core/suggest/suggest-projects.ts';
import type { Deployment } from '../deployment.ts';
import { openCatalogue } from '../reference/catalogue.ts';
import { inForce } from './import-table.ts';
import { PROJECTS } from './project-csv.ts';
import type { Progress } from './seen-documents.ts';
import { seenDocuments } from './seen-documents.ts';
import type { Suggestions, SuggestOptions } from './suggestions.ts';

/**
 * Suggests rows for tracking options that have none, as a CSV to review and import. Changes nothing. Throws
 * RetryLater, Stop, ProcoreRefused.
 */
export async function suggestProjectRows(
  connection: Connection,
  { days, all }: SuggestOptions,
  deployment: Deployment,
  progress: Progress,
): Promise<Suggestions> {
  const { documents } = await seenDocuments(connection, days, deployment, progress);
  progress('Reading projects and tracking options');
  const catalogue = openCatalogue(deployment, connection);
  const listed = await catalogue.fresh('procore/projects');
  const active = all ? (await catalogue.fresh('xero/tracking-options')).filter((it) => it.active) : [];
  const { rows: standing } = await inForce(PROJECTS, connection.id, deployment);
  const seen = documents.flatMap(({ lines }) => lines.flatMap(({ tracking }) => tracking));
  const options = eachOnce([...active.map(({ id, ...option }) => ({ ...option, optionId: id })), ...seen]);
  const { suggested, open } = suggestProjects(
    options.filter((option) => !standing.some((row) => carries([option], row, row.ids?.option))),
    listed.filter((project) => project.active),
    (category) => standing.some((row) => isSame(row.category, category)),
  );
  const textOf = projectText(listed);
  const rows = suggested.map(({ category, option, project, reason }) => ({
    row: { category, option, project: textOf(project) },
    reason,
  }));
  return {
    csv: PROJECTS.format(rows.map(({ row }) => row)),
    suggested: rows,
    open: open.map(({ candidates, ...option }) => ({
      what: optionText(option),
      candidates: candidates.map(({ project, reason }) => `${textOf(project)}: ${reason}`),
    })),
  };
}

/** How a table names a project, so that it can be no other. */
export function projectText(
  listed: (Project & { active: boolean })[],
): (project: Pick<Project, 'id'>) => string {
  const directory = openDirectory({ project: listed });
  return ({ id }) => {
    const entry = directory.get('project', id);
    return entry ? currentText('project', undefined, entry, directory) : id;
  };
}

/** Each option once, whatever the case it was written in. */
export function eachOnce(choices: TrackingChoice[]): TrackingChoice[] {
  const byText = new Map(choices.map((choice) => [optionText(choice).toLowerCase(), choice]));
  return [...byText.values()];
}
