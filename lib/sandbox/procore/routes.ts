import { billingPeriodRoutes } from './billing-periods.ts';
import { budgetRoutes } from './budget.ts';
import { codingRoutes } from './coding.ts';
import { commitmentContractRoutes } from './commitment-contracts.ts';
import { contractPaymentRoutes } from './contract-payments.ts';
import { contractRoutes } from './contracts.ts';
import { directCostRoutes } from './direct-costs.ts';
import { identityRoutes } from './identity.ts';
import { projectVendorRoutes } from './project-vendors.ts';
import { projectRoutes } from './projects.ts';
import { requisitionRoutes } from './requisitions.ts';
import type { Route } from './route.ts';
import { sovLineRoutes } from './sov-lines.ts';
import { ofTool } from './tools.ts';
import { uploadRoutes } from './uploads.ts';
import { vendorRoutes } from './vendors.ts';
import { wbsRoutes } from './wbs.ts';
import { webhookRoutesV1 } from './webhooks/v1.ts';
import { webhookRoutesV2 } from './webhooks/v2.ts';

/** Every endpoint of the sandbox. The first that fits a call takes it. */
export const ROUTES: Route[] = [
  ...identityRoutes,
  ...projectRoutes,
  ...uploadRoutes,
  ...ofTool('Directory', [...vendorRoutes, ...projectVendorRoutes]),
  ...ofTool('Commitments', [
    ...contractRoutes,
    ...sovLineRoutes,
    ...commitmentContractRoutes,
    ...billingPeriodRoutes,
    ...requisitionRoutes,
    ...contractPaymentRoutes,
  ]),
  ...ofTool('Direct Costs', directCostRoutes),
  ...ofTool('Admin', [...codingRoutes, ...wbsRoutes]),
  ...ofTool('Budget', budgetRoutes),
  ...ofTool('Webhooks', [...webhookRoutesV1, ...webhookRoutesV2]),
];
