import { describe, expect, it } from '@jest/globals';
import type { Requisition } from '../../../lib/core/procore-records.ts';
import { ownRequisition } from '../../../lib/flows/sync/apply-requisition.ts';

const foreign: Requisition = { id: '1', commitmentId: '9', status: 'approved', originData: 'of another app' };
const bare: Requisition = { id: '2', commitmentId: '9', status: 'draft' };
const own: Requisition = {
  id: '3',
  commitmentId: '9',
  status: 'draft',
  originData: '{"connector":"ml-connector","order":"6afa2e02"}',
};
const all = [foreign, bare, own];
const link = { periodId: 'p11', fingerprint: 'f' };

describe('our draft among the requisitions of a commitment', () => {
  it('is the one whose id is known', () => {
    expect(ownRequisition(all, { requisition: { ...link, id: '3' } })).toBe(own);
  });

  it('is known by its mark where the worker died before it learnt the id: nobody else billed then', () => {
    expect(ownRequisition(all, { requisition: link })).toBe(own);
  });

  it('is none where none was begun, where it never got through, or where people deleted it', () => {
    expect(ownRequisition(all, {})).toBeUndefined();
    expect(ownRequisition([foreign, bare], { requisition: link })).toBeUndefined();
    expect(ownRequisition([foreign, bare], { requisition: { ...link, id: '3' } })).toBeUndefined();
  });
});
