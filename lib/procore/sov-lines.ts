import type { ProjectTool } from '../core/ports.ts';
import type { CodeTarget, SovLine } from '../core/procore-records.ts';
import { present } from '../http/fields.ts';
import type { ProcoreApi } from './api.ts';
import { MANY } from './reference.ts';
import type { Update } from './sync.ts';
import { syncByOrigin } from './sync.ts';
import { decimalText, idNumber, sovLineWire } from './wire.ts';

export function sovLines(api: ProcoreApi): Pick<ProjectTool, 'sovLines' | 'syncSovLines' | 'deleteSovLine'> {
  const path = (commitmentId: string) => `/rest/v1.0/purchase_order_contracts/${commitmentId}/line_items`;

  return {
    sovLines: async (projectId, commitmentId) => {
      const query = { project_id: projectId, ...MANY };
      const lines = await api.list(
        { path: path(commitmentId), query, what: 'lines of the commitment' },
        sovLineWire,
      );
      return lines.map(({ id, origin_id, description, amount, ...codes }) =>
        present({
          id,
          originId: origin_id,
          description,
          amount,
          costCode: codes.cost_code,
          costType: codes.line_item_type,
          wbsCode: codes.wbs_code,
        }),
      );
    },
    syncSovLines: (projectId, commitmentId, lines) => {
      const query = { project_id: projectId };
      const call = { path: `${path(commitmentId)}/sync`, query, what: 'lines of the commitment' };
      return syncByOrigin(api, call, lines.map(toUpdate));
    },
    deleteSovLine: (projectId, commitmentId, lineId) => {
      const query = { project_id: projectId };
      const what = 'deletion of a line of the commitment';
      return api.remove({ path: `${path(commitmentId)}/${lineId}`, query, what });
    },
  };
}

function toUpdate(line: SovLine): Update {
  return {
    origin_id: line.originId,
    description: line.description,
    amount: decimalText(line.amount),
    extended_type: 'manual',
    ...codes(line.target),
  };
}

function codes(target: CodeTarget): Record<string, unknown> {
  if ('wbsCodeId' in target) return { wbs_code_id: idNumber(target.wbsCodeId) };
  return { cost_code_id: idNumber(target.costCodeId), line_item_type_id: idNumber(target.costTypeId) };
}
