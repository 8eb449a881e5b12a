import type { ProjectTool } from '../../core/ports.ts';

/** The same tool, of which every call first makes sure that its user still holds what gives it the right to. */
export function keptTool(tool: ProjectTool, keepLease: () => Promise<void>): ProjectTool {
  const kept = Object.entries(tool).map(([name, call]) => [
    name,
    async (...given: unknown[]) => {
      await keepLease();
      return (call as (...given: unknown[]) => unknown)(...given);
    },
  ]);
  return Object.fromEntries(kept) as ProjectTool;
}
