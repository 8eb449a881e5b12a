import type { ProjectTool } from '../core/ports.ts';
import type { ProcoreOptions } from './api.ts';
import { createProcoreApi } from './api.ts';
import { billingPeriods } from './billing-periods.ts';
import { budget } from './budget.ts';
import { commitments } from './commitments.ts';
import { contractPayments } from './contract-payments.ts';
import { directCosts } from './direct-costs.ts';
import { reference } from './reference.ts';
import { requisitions } from './requisitions.ts';
import { sovLines } from './sov-lines.ts';
import { uploads } from './uploads.ts';
import { vendors } from './vendors.ts';
import { wbsCodes } from './wbs-codes.ts';

/** The company `companyId`, through Procore's REST API. */
export function createProjectTool(options: ProcoreOptions): ProjectTool {
  const api = createProcoreApi(options);
  const lists = reference(api);
  return {
    ...lists,
    ...wbsCodes(api, lists),
    ...vendors(api),
    ...commitments(api),
    ...sovLines(api),
    ...billingPeriods(api),
    ...budget(api),
    ...requisitions(api),
    ...contractPayments(api),
    ...directCosts(api),
    ...uploads(api, options),
  };
}
