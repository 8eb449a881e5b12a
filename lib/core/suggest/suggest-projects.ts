import type { Project } from '../procore-records.ts';
import { indexNearNames } from '../vendor-names/near-names.ts';
import { readName } from '../vendor-names/read-name.ts';
import { namesNumber } from './number-in-text.ts';

export interface TrackingText {
  category: string;
  option: string;
}

export interface ProjectCandidate {
  project: Project;
  reason: string;
}

/** What each option may stand for: one project that can be suggested, or several or none for a person to decide. */
export interface ProjectSuggestions {
  suggested: (TrackingText & ProjectCandidate)[];
  open: (TrackingText & { candidates: ProjectCandidate[] })[];
}

/** More candidates nobody compares. */
const LISTED = 5;

/**
 * Finds projects for tracking options, by the number in their text, else by an equal name, else by a near one. Of
 * categories other than those of projects only what fits is told: `Cost Area=Steel` is no question.
 */
export function suggestProjects(
  options: TrackingText[],
  projects: Project[],
  isProjectCategory: (category: string) => boolean,
): ProjectSuggestions {
  const candidatesOf = openCandidates(projects);
  const judged = options.map((it) => ({ ...it, candidates: candidatesOf(it.option) }));
  const fitting = new Set(
    judged.filter(({ candidates }) => candidates.length > 0).map(({ category }) => category),
  );
  return {
    suggested: judged.flatMap(({ candidates, ...it }) =>
      candidates.length === 1 ? [{ ...it, ...candidates[0]! }] : [],
    ),
    open: judged
      .filter(({ candidates }) => candidates.length !== 1)
      .filter(({ category }) => fitting.has(category) || isProjectCategory(category)),
  };
}

function openCandidates(projects: Project[]): (option: string) => ProjectCandidate[] {
  const names = indexNearNames();
  for (const { name } of projects) names.add(name);
  return (option) => {
    const numbered = projects
      .filter(({ number }) => number !== undefined && namesNumber(option, number))
      .map((project) => ({ project, reason: `the option has its number ${project.number}` }));
    const own = plain(option);
    const equal = projects
      .filter(({ name }) => plain(name) === own)
      .map((project) => ({ project, reason: `named like ${inShort(project)}` }));
    // Number and name of two projects: nobody can tell which was meant.
    if (numbered.length > 0) {
      const others = equal.filter(({ project }) => !numbered.some((it) => it.project === project));
      return [...numbered, ...others].slice(0, LISTED);
    }
    if (equal.length > 0) return equal.slice(0, LISTED);
    return names
      .find(option)
      .slice(0, LISTED)
      .map(({ at, reason }) => ({
        project: projects[at]!,
        reason: `near ${inShort(projects[at]!)}: ${reason}`,
      }));
  };
}

/** `1042 Riverside Medical Office Building` */
function inShort({ number, name }: Project): string {
  return number === undefined ? name : `${number} ${name}`;
}

/** Case, accents and punctuation aside; a name of symbols alone stays as it is. */
function plain(name: string): string {
  return readName(name).words.join(' ') || name.trim().toLowerCase();
}
