import { forbidden } from './errors.ts';
import type { Route } from './route.ts';
import type { Account } from './token.ts';

export type Tool = 'Directory' | 'Commitments' | 'Budget' | 'Direct Costs' | 'Webhooks' | 'Admin';

export type ToolAccess = 'none' | 'read-only' | 'full';

/** Says which tool's permission some endpoints ask for. */
export function ofTool(tool: Tool, routes: Route[]): Route[] {
  return routes.map((route) => ({ ...route, tool }));
}

/** Throws a 403 where the app may not do this with the endpoint's tool. */
export function checkTool(account: Account, { tool, method }: Route): void {
  const access = (tool && account.tools.get(tool)) ?? 'full';
  if (access === 'none' || (access === 'read-only' && method !== 'GET')) {
    throw forbidden(`You do not have the permission on ${tool} that this asks for`);
  }
}
