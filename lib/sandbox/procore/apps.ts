import type { Gate } from './answer.ts';
import type { Tool, ToolAccess } from './tools.ts';
import { deleteHook } from './webhooks/hooks.ts';

/** What administrators of a company do with an app that is installed there. */
export function apps({ world, tokens }: Gate) {
  return {
    permit: (clientId: string, permittedProjectIds: number[] | 'all') => {
      Object.assign(tokens.account(clientId), { permittedProjectIds });
    },
    removeApp: (clientId: string) => {
      const account = tokens.account(clientId);
      account.installed = false;
      const company = world.companies.get(account.companyId);
      if (company === undefined || world.rules.hooksAfterRemoval === 'kept') return;
      for (const hook of company.hooks.values()) {
        if (hook.clientId === clientId) deleteHook(company, hook);
      }
    },
    reinstallApp: (clientId: string) => {
      Object.assign(tokens.account(clientId), { installed: true, permittedProjectIds: [] });
    },
    allowTool: (clientId: string, tool: Tool, access: ToolAccess) => {
      tokens.account(clientId).tools.set(tool, access);
    },
  };
}
