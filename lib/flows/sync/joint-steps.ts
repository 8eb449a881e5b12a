import type { ChangeQueue, DocumentChange } from '../../aws/queue.ts';
import type { ProjectTool, WantedStatus } from '../../core/ports.ts';
import type { CommitmentHeader, RequisitionWithItems } from '../../core/procore-records.ts';
import type { Crew } from '../crew.ts';
import { inGroups } from '../crew.ts';

/** What documents of one batch ask of Procore in one call for all. */
export interface JointSteps {
  /** Creates the commitment as Draft, or updates the one with this originId. Returns its id. Throws ProcoreRefused. */
  syncCommitment(projectId: string, header: CommitmentHeader, keepLease: KeepLease): Promise<string>;
  /** Throws ProcoreRefused. */
  setCommitmentStatus(projectId: string, wanted: WantedStatus, keepLease: KeepLease): Promise<void>;
  /** The requisitions of a commitment as they stand now, with what each bills. */
  requisitions(projectId: string, commitmentId: string): Promise<RequisitionWithItems[]>;
}

/** Called before the write, however long the others were waited for; where it throws, nothing is written of this one. */
type KeepLease = () => Promise<void>;

interface OfProject<Item> {
  projectId: string;
  item: Item;
  keepLease?: KeepLease;
}

export function openJointSteps(crew: Crew, tool: ProjectTool): JointSteps {
  const requisitions = crew.together(
    inEachProject<string, RequisitionWithItems[]>(async (projectId, commitmentIds) => {
      const all = await tool.requisitions(projectId, [...new Set(commitmentIds)]);
      return commitmentIds.map((id) => all.filter(({ commitmentId }) => commitmentId === id));
    }),
  );
  const syncCommitment = crew.together(
    inEachProject<CommitmentHeader, string>(async (projectId, headers) => {
      const ids = await tool.syncCommitments(projectId, headers);
      return headers.map(({ originId }) => ids.get(originId)!);
    }),
  );
  const setStatus = crew.together(
    inEachProject<WantedStatus, void>(async (projectId, wanted) => {
      const refused = await tool.setCommitmentStatuses(projectId, wanted);
      return wanted.map(({ commitmentId }) => refused.get(commitmentId));
    }),
  );
  return {
    syncCommitment: (projectId, item, keepLease) => syncCommitment({ projectId, item, keepLease }),
    setCommitmentStatus: (projectId, item, keepLease) => setStatus({ projectId, item, keepLease }),
    requisitions: (projectId, item) => requisitions({ projectId, item }),
  };
}

/** Documents of one batch often want the same others looked at again: each is queued once. */
export function queueTogether(crew: Crew, { queue }: { queue: Pick<ChangeQueue, 'send'> }) {
  return crew.together<DocumentChange[], void>(async (all) => {
    const wanted = new Map(all.flat().map((change) => [`${change.kind} ${change.id}`, change]));
    await queue.send([...wanted.values()]);
    return all.map(() => undefined);
  });
}

/** Procore's calls are about one project each. What fails in one concerns no other. */
function inEachProject<Item, Result>(
  take: (projectId: string, items: Item[]) => Promise<(Result | Error)[]>,
): (items: OfProject<Item>[]) => Promise<(Result | Error)[]> {
  const takeEach = inGroups<OfProject<Item>, Result>(
    ({ projectId }) => projectId,
    (ofProject, projectId) =>
      take(
        projectId,
        ofProject.map(({ item }) => item),
      ),
  );
  return async (all) => {
    const lost = new Map<OfProject<Item>, Error>();
    for (const one of all) await one.keepLease?.().catch((error: Error) => lost.set(one, error));
    const kept = all.filter((one) => !lost.has(one));
    const results = (await takeEach(kept)).values();
    return all.map((one) => lost.get(one) ?? results.next().value!);
  };
}
