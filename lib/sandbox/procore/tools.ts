import { forbidden } from './errors.ts';

export type Tool = 'Directory' | 'Commitments' | 'Budget' | 'Direct Costs' | 'Webhooks' | 'Admin';

export type ToolAccess = 'none' | 'read-only' | 'full';

/** Says which tool's permission some endpoints ask for. */
export function ofTool<Route extends { tool?: Tool }>(tool: Tool, routes: Route[]): Route[] {
  return routes.map((route) => ({ ...route, tool }));
}

/** Throws a 403 where the app may not do this with the endpoint's tool. */
export function checkTool(
  { tools }: { tools: ReadonlyMap<Tool, ToolAccess> },
  { tool, method }: { tool?: Tool; method: string },
): void {
  const access = (tool && tools.get(tool)) ?? 'full';
  if (access === 'none' || (access === 'read-only' && method !== 'GET')) {
    throw forbidden(`You do not have the permission on ${tool} that this asks for`);
  }
}
