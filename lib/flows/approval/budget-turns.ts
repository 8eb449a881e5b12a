import type { Hold } from '../../core/approval/request.ts';
import type { BudgetPicture } from '../../core/budget/check-budget.ts';
import type { Awaited } from '../../core/budget/unseen.ts';
import { reserved, settled } from '../../core/budget/unseen.ts';
import type { Connection } from '../../core/connection.ts';
import type { BudgetRow } from '../../core/procore-records.ts';
import type { Crew } from '../crew.ts';
import { inGroups } from '../crew.ts';
import type { Deployment } from '../deployment.ts';
import { inTurns } from '../in-turn.ts';

/** What a worker reads of budgets while it is alone with them: once for all documents of the batch that look. */
export interface BudgetTurn {
  /** What the project's budget has to show once what was let through is in it. */
  awaited(projectId: string): Promise<Awaited>;
  /** The rows of the project's budget as the first who asked read them. */
  rows(projectId: string, read: () => Promise<BudgetRow[]>): Promise<BudgetRow[]>;
  /** What is held in the project, the earliest first. */
  holds(projectId: string): Promise<Hold[]>;
  /** To be called where something was held. */
  forgetHolds(): void;
  /** Whoever looks next counts these as if they stood. */
  reserve(pictures: BudgetPicture[]): Promise<void>;
  settle(pictures: BudgetPicture[], isWritten: boolean): Promise<void>;
}

/** What is enough to see how a budget stands. */
export type BudgetGlance = Pick<BudgetTurn, 'awaited' | 'rows' | 'holds'>;

export interface BudgetTurns {
  /**
   * Lets a document look while nobody else does, in this process or another: documents of one batch look one after the
   * other in the same turn. Throws RetryLater('lease-held'), and what `look` throws.
   */
  look<T>(projectIds: string[], look: (turn: BudgetTurn) => Promise<T>): Promise<T>;
  /** What is read of budgets by whoever only wants to foresee: rows once for all documents of the batch. */
  glance: BudgetGlance;
  /** What became of what was reserved: it was written, or it will not be for now. */
  settle(pictures: BudgetPicture[], isWritten: boolean): Promise<void>;
}

interface Looker {
  projectIds: string[];
  look(turn: BudgetTurn): Promise<unknown>;
}

interface Settling {
  projectIds: string[];
  pictures: BudgetPicture[];
  isWritten: boolean;
}

export function openBudgetTurns(
  crew: Crew,
  deployment: Pick<Deployment, 'approvals' | 'clock' | 'leases'>,
  { id }: Pick<Connection, 'id'>,
): BudgetTurns {
  /** Alone with the budgets of these projects; what changed of what is awaited there is stored at the end. */
  const inTurn = (projectIds: string[], work: (turn: BudgetTurn) => Promise<void>) => {
    const names = projectIds.map((projectId) => `budget:${id}:${projectId}`).toSorted();
    return inTurns(deployment, names, () => takeTurn(work));
  };

  async function takeTurn(work: (turn: BudgetTurn) => Promise<void>): Promise<void> {
    const { approvals, clock } = deployment;
    const rows = new Map<string, Promise<BudgetRow[]>>();
    const holds = new Map<string, Promise<Hold[]>>();
    const figures = new Map<string, Awaited>();
    const changed = new Set<string>();
    const awaited = async (projectId: string) => {
      const known = figures.get(projectId) ?? (await approvals.awaited(id, projectId));
      figures.set(projectId, known);
      return known;
    };
    const change = async (
      pictures: BudgetPicture[],
      after: (ofProject: BudgetPicture[], before: Awaited, now: Date) => Awaited,
    ) => {
      for (const [projectId, ofProject] of byProject(pictures)) {
        figures.set(projectId, after(ofProject, await awaited(projectId), clock.now()));
        changed.add(projectId);
      }
    };
    await work({
      awaited,
      rows(projectId, read) {
        const known = rows.get(projectId) ?? read();
        rows.set(projectId, known);
        return known;
      },
      holds(projectId) {
        const known = holds.get(projectId) ?? approvals.holds(id, projectId);
        holds.set(projectId, known);
        return known;
      },
      forgetHolds: () => holds.clear(),
      reserve: (pictures) => change(pictures, reserved),
      settle: (pictures, isWritten) =>
        change(pictures, (ofProject, before, now) => settled(ofProject, before, isWritten, now)),
    });
    for (const projectId of changed) await approvals.putAwaited(id, projectId, figures.get(projectId)!);
  }

  const looking = crew.together(
    inGroups<Looker, unknown>(sameProjects, async (all) => {
      const results: unknown[] = [];
      await inTurn(all[0]!.projectIds, async (turn) => {
        for (const { look } of all) results.push(await look(turn).catch((error: unknown) => error));
      });
      return results;
    }),
  );
  const settling = crew.together(
    inGroups<Settling, void>(sameProjects, async (all) => {
      await inTurn(all[0]!.projectIds, async (turn) => {
        for (const { pictures, isWritten } of all) await turn.settle(pictures, isWritten);
      });
      return all.map(() => undefined);
    }),
  );
  const glanced = new Map<string, Promise<BudgetRow[]>>();
  return {
    glance: {
      awaited: (projectId) => deployment.approvals.awaited(id, projectId),
      holds: (projectId) => deployment.approvals.holds(id, projectId),
      rows(projectId, read) {
        const rows = glanced.get(projectId) ?? read();
        glanced.set(projectId, rows);
        return rows;
      },
    },
    look: (projectIds, look) => looking({ projectIds, look }) as Promise<never>,
    async settle(pictures, isWritten) {
      const projectIds = [...byProject(pictures).keys()];
      if (projectIds.length > 0) await settling({ projectIds, pictures, isWritten });
    },
  };
}

/** Those that concern the same projects are dealt with together. */
function sameProjects({ projectIds }: { projectIds: string[] }): string {
  return projectIds.toSorted().join();
}

function byProject(pictures: BudgetPicture[]): Map<string, BudgetPicture[]> {
  return Map.groupBy(pictures, ({ project }) => project.id);
}
