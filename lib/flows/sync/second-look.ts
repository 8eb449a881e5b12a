import type { Carried } from '../../core/documents.ts';
import { NeedsPerson } from '../../core/errors.ts';
import { listsConcerning } from '../../core/reference.ts';
import { projectsOf } from './projects-of.ts';
import type { Workspace } from './workspace.ts';

/**
 * Does the work on a document, and once more where it ends in a person's having to act although the lists that it was
 * judged by are out of date: what Procore added a minute ago may just not be in the table yet, and what Procore
 * refuses may hang on what it removed. Such lists are read from Procore once per batch. Throws like the work.
 */
export async function withSecondLook<T>(
  document: Carried,
  workspace: Workspace,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NeedsPerson)) throw error;
    const lists = listsConcerning(error.code);
    if (lists.length === 0) throw error;
    const projectIds = await projectsOf(document.id, document, workspace);
    if (!(await workspace.catalogue.doubt(lists, projectIds))) throw error;
    return await work();
  }
}
