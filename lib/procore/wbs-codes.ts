import { NeedsPerson } from '../core/errors.ts';
import type { ProjectTool } from '../core/ports.ts';
import type { Segment } from '../core/procore-records.ts';
import type { ProcoreApi } from './api.ts';
import { MANY } from './reference.ts';
import { idNumber, idWire, segmentItemWire, segmentWire, wbsCodeWire } from './wire.ts';

/** WBS codes by their parts. The items of segments have other ids than the cost codes and cost types they stand for. */
export function wbsCodes(
  api: ProcoreApi,
  { costTypes }: Pick<ProjectTool, 'costTypes'>,
): Pick<ProjectTool, 'wbsCodes' | 'segments' | 'ensureWbsCode'> {
  const pathOf = (projectId: string) => `/rest/v1.0/projects/${projectId}/work_breakdown_structure`;

  const itemsOf = (projectId: string, segment: Pick<Segment, 'id'>, filter: Record<string, string> = {}) => {
    const path = `${pathOf(projectId)}/segments/${segment.id}/segment_items`;
    return api.list({ path, query: { ...filter, ...MANY }, what: 'WBS segment items' }, segmentItemWire);
  };

  const segments = async (projectId: string): Promise<Segment[]> => {
    const path = `${pathOf(projectId)}/segments`;
    const all = await api.list({ path, what: 'WBS segments' }, segmentWire);
    return all.map(({ id, name = '', type = '', required, is_included_in_project_pattern: used }) => ({
      id,
      name,
      type,
      required: required === true && used !== false,
    }));
  };

  // Lines of direct costs ask for the same codes over and over: a tool reads for them once what makes a code.
  const known = remembered(async (projectId) => {
    const parts = await segments(projectId);
    const path = `${pathOf(projectId)}/wbs_codes`;
    return {
      parts,
      types: await itemsOf(projectId, partOf(parts, 'line_item_type')),
      there: await api.list({ path, query: MANY, what: 'WBS codes' }, wbsCodeWire),
    };
  });
  const codeItems = remembered(async (key) => {
    const [projectId, segmentId, costCodeId] = key.split(' ') as [string, string, string];
    const filter = { legacy_cost_code_id: costCodeId };
    const [code, ...others] = await itemsOf(projectId, { id: segmentId }, filter);
    // Several would mean that Procore does not know the filter, of which its contract says nothing.
    if (!code || others.length > 0)
      throw new NeedsPerson('cost-code-not-in-project', { facts: { costCodeId } });
    return code.id;
  });
  const codeItem = (projectId: string, { id }: Segment, costCodeId: string) =>
    codeItems(`${projectId} ${id} ${costCodeId}`);
  const ofCompany = remembered(() => costTypes());
  const typesOfCompany = () => ofCompany('');

  return {
    segments,
    wbsCodes: async (projectId) => {
      const query = { 'filters[status][]': 'active', ...MANY };
      const path = `${pathOf(projectId)}/wbs_codes`;
      const codes = await api.list({ path, query, what: 'WBS codes' }, wbsCodeWire);
      return codes.map(({ id, flat_code }) => ({ id, code: flat_code }));
    },
    ensureWbsCode: async (projectId, target) => {
      const { parts, types, there } = await known(projectId);
      const codes = partOf(parts, 'cost_code');
      const code = await codeItem(projectId, codes, target.costCodeId);
      const costType = (await typesOfCompany()).find(({ id }) => id === target.costTypeId);
      const type = types.find((item) => item.code === costType?.code);
      if (!costType || !type)
        throw new NeedsPerson('cost-type-unknown', { facts: { costTypeId: target.costTypeId } });

      // Upserting a code that is there would write over its description.
      const pair = [code, type.id];
      const same = there.find(
        ({ segment_items: items }) => items?.length === 2 && items.every(({ id }) => pair.includes(id)),
      );
      if (same) return same.id;
      const segment_items = [
        { segment_id: idNumber(codes.id), segment_item_id: idNumber(code) },
        { segment_id: idNumber(partOf(parts, 'line_item_type').id), segment_item_id: idNumber(type.id) },
      ];
      const path = `${pathOf(projectId)}/wbs_codes`;
      const { id } = await api.post({ path, body: { segment_items }, what: 'WBS code' }, idWire);
      there.push({ id, flat_code: '', segment_items: pair.map((item) => ({ id: item })) });
      return id;
    },
  };
}

/** What `read` gave for the key at first; what failed is read again. */
function remembered<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const given = new Map<string, Promise<T>>();
  return (key) => {
    const answer = given.get(key) ?? read(key);
    given.set(key, answer);
    answer.catch(() => given.delete(key));
    return answer;
  };
}

/** Throws NeedsPerson where a pair of cost code and cost type is not enough to make a code. */
function partOf(all: Segment[], type: string): Segment {
  const part = all.find((segment) => segment.type === type);
  const further = all.filter(({ required, type }) => required && !PAIR.includes(type));
  if (part && further.length === 0) return part;
  throw new NeedsPerson('segment-missing', { facts: { segments: further.map(({ name }) => name) } });
}

const PAIR = ['cost_code', 'line_item_type'];
