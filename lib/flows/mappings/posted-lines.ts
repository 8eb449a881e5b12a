import type { SeenDocument } from '../../core/coverage/sums.ts';
import type { ProjectTool } from '../../core/ports.ts';
import type { Commitment, Project } from '../../core/procore-records.ts';
import type { Posted } from '../../core/suggest/from-posted.ts';
import { matchLines, targetOf } from '../../core/suggest/match-lines.ts';
import type { Progress } from './seen-documents.ts';

/** Each commitment costs a call; the latest say best how things are booked now. */
const COMMITMENTS = 300;

/**
 * What lines of these orders were booked on in Procore: in the commitments that stand in the projects under the
 * orders' numbers, whoever wrote them. Throws RetryLater, Stop, ProcoreRefused.
 */
export async function postedLines(
  orders: SeenDocument[],
  projects: Project[],
  tool: ProjectTool,
  progress: Progress,
): Promise<Posted[]> {
  const standing = new Map<Project, Map<string, Commitment>>();
  for (const project of projects) {
    progress(`Reading the commitments of ${project.name}`);
    const commitments = await tool.commitments(project.id);
    standing.set(project, new Map(commitments.map((it) => [it.number.toLowerCase(), it])));
  }
  const pairs = orders.flatMap((order) =>
    [...standing].flatMap(([project, byNumber]) => {
      const commitment = numbersOf(order, project)
        .map((number) => byNumber.get(number))
        .find((it) => it !== undefined);
      return commitment ? [{ order, project, commitment }] : [];
    }),
  );
  const posted: Posted[] = [];
  for (const [index, { order, project, commitment }] of pairs.slice(0, COMMITMENTS).entries()) {
    progress(`Reading what was posted before: ${index} of ${pairs.length} commitments`);
    const written = await tool.sovLines(project.id, commitment.id);
    for (const [line, sovLine] of matchLines(order.lines, written)) {
      const target = targetOf(sovLine);
      if (target) posted.push({ line, project, target });
    }
  }
  return posted;
}

/** As people take over the order's number, and as the connector does where an order has several projects. */
function numbersOf({ number }: SeenDocument, project: Project): string[] {
  return [`${number}-${project.number ?? project.id}`, number].map((it) => it.toLowerCase());
}
