import type { ProjectTool } from '../core/ports.ts';
import type { ProcoreOptions } from './api.ts';
import { createProcoreApi } from './api.ts';
import { commitments } from './commitments.ts';
import { reference } from './reference.ts';
import { requisitions } from './requisitions.ts';
import { sovLines } from './sov-lines.ts';
import { vendors } from './vendors.ts';

/** The company `companyId`, through Procore's REST API. */
export function createProjectTool(options: ProcoreOptions): ProjectTool {
  const api = createProcoreApi(options);
  return {
    ...reference(api),
    ...vendors(api),
    ...commitments(api),
    ...sovLines(api),
    ...requisitions(api),
  };
}
