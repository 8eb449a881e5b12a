import { billingPeriodRoutes } from './billing-periods.ts';
import { budgetRoutes } from './budget.ts';
import { codingRoutes } from './coding.ts';
import { commitmentContractRoutes } from './commitment-contracts.ts';
import { contractPaymentRoutes } from './contract-payments.ts';
import { contractRoutes } from './contracts.ts';
import { directCostRoutes } from './direct-costs.ts';
import { projectVendorRoutes } from './project-vendors.ts';
import { projectRoutes } from './projects.ts';
import { requisitionRoutes } from './requisitions.ts';
import type { Route } from './route.ts';
import { sovLineRoutes } from './sov-lines.ts';
import { vendorRoutes } from './vendors.ts';
import { wbsRoutes } from './wbs.ts';

/** Every endpoint of the sandbox. The first that fits a call takes it. */
export const ROUTES: Route[] = [
  ...projectRoutes,
  ...vendorRoutes,
  ...projectVendorRoutes,
  ...contractRoutes,
  ...sovLineRoutes,
  ...commitmentContractRoutes,
  ...billingPeriodRoutes,
  ...requisitionRoutes,
  ...contractPaymentRoutes,
  ...directCostRoutes,
  ...codingRoutes,
  ...wbsRoutes,
  ...budgetRoutes,
];
