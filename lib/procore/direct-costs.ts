import * as z from 'zod/mini';
import type { DirectCost } from '../core/procore-records.ts';
import { id, optionalText } from '../http/fields.ts';
import type { ProcoreOptions } from './api.ts';
import { createProcoreApi } from './api.ts';
import { MANY } from './reference.ts';

const directCostWire = z.object({ id, invoice_number: optionalText, status: optionalText });

/** The direct costs of a project, whoever wrote them. Throws RetryLater, Stop, ProcoreRefused. */
export async function listDirectCosts(options: ProcoreOptions, projectId: string): Promise<DirectCost[]> {
  const path = `/rest/v1.1/projects/${projectId}/direct_costs`;
  const call = { path, query: MANY, what: 'direct costs' };
  const costs = await createProcoreApi(options).list(call, directCostWire);
  return costs.map(({ id, invoice_number = '', status = '' }) => ({
    id,
    invoiceNumber: invoice_number,
    status,
  }));
}
