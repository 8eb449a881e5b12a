import { describe, expect, it } from '@jest/globals';
import { syncDocuments } from '../../../lib/flows/sync/sync-documents.ts';
import type { PurchaseOrder } from '../../../lib/sandbox/xero/documents.ts';
import { leaveInBudget } from '../../support/budget.ts';
import { office } from '../../support/life.ts';
import { documentOf, goods } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { messageAbout, scenes, standing } from '../../support/scene.ts';

const newScene = scenes();

const _NEVER = () => Number.POSITIVE_INFINITY;

/** Calls of Procore while something is done, by the endpoint and in the order of their number. */
async function callsOf(scene: Scene, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const { calls } = scene.demo.procore;
  const before = new Map(calls);
  await work();
  const made = [...calls].map(
    ([endpoint, count]) => [endpoint, count - (before.get(endpoint) ?? 0)] as const,
  );
  return Object.fromEntries(made.filter(([endpoint, count]) => count > 0 && !endpoint.includes('oauth')));
}

const xeroCalls = ({ demo }: Scene) => demo.xero.calls.total();

const orders = (desk: ReturnType<typeof office>, count: number): PurchaseOrder[] =>
  Array.from({ length: count }, (_, at) => desk.order({ LineItems: [goods('FRT', 1, 100 + at)] }));

/** Lists that are read once a day are in the table. */
async function settledIn(desk: ReturnType<typeof office>): Promise<void> {
  await desk.carry(...orders(desk, 1));
  await desk.carry(...orders(desk, 1));
}

const CONTRACTS = '/rest/v1.0/purchase_order_contracts';
const REQUISITIONS = '/rest/v1.1/requisitions';

describe('documents that come together', () => {
  it('write what Procore takes for many in one call, and read what they share once', async () => {
    const scene = await newScene();
    const desk = office(scene);
    await settledIn(desk);
    const many = orders(desk, 12);
    const messages = many.map(({ PurchaseOrderID }) => messageAbout(scene, PurchaseOrderID));
    const calls = await callsOf(scene, () => syncDocuments(messages, scene.deployment));
    expect(standing(scene).filter(({ status }) => status === 'Approved')).toHaveLength(14);
    expect(calls).toEqual({
      [`GET ${CONTRACTS}`]: 1,
      'GET /rest/v1.0/projects/{project_id}/billing_periods': 1,
      'GET /rest/v1.0/budget_views/{budget_view_id}/detail_rows': 1,
      // The headers, and then the statuses.
      [`PATCH ${CONTRACTS}/sync`]: 2,
      'PATCH /rest/v2.0/companies/{company_id}/projects/{project_id}/commitment_contracts/{commitment_contract_id}': 12,
      [`PATCH ${CONTRACTS}/{purchase_order_contract_id}/line_items/sync`]: 12,
      [`POST ${REQUISITIONS}`]: 12,
    });
  });

  it('bill in two calls what bills an order in full: its due date, and the approval', async () => {
    const scene = await newScene();
    const desk = office(scene);
    const many = orders(desk, 6);
    await desk.carry(...many);
    const bills = many.map((order) => desk.billOf(order, { DueDate: '2026-12-20' }));
    const messages = bills.map(({ InvoiceID }) => messageAbout(scene, InvoiceID, 'bill'));
    const calls = await callsOf(scene, () => syncDocuments(messages, scene.deployment));
    expect(standing(scene).map(({ billed }) => billed)).toEqual(standing(scene).map(({ total }) => total));
    expect(calls).toEqual({
      'GET /rest/v1.0/projects/{project_id}/billing_periods': 1,
      [`GET ${REQUISITIONS}`]: 1,
      [`PATCH ${REQUISITIONS}/{id}`]: 6,
      'PATCH /rest/v2.0/companies/{company_id}/projects/{project_id}/requisitions/{id}/payment_details': 6,
    });
  });

  it('leave a lone order to as few calls as its parts are', async () => {
    const scene = await newScene();
    const desk = office(scene);
    await settledIn(desk);
    const [lone] = orders(desk, 1);
    const message = messageAbout(scene, lone!.PurchaseOrderID);
    const calls = await callsOf(scene, () => syncDocuments([message], scene.deployment));
    expect(Object.values(calls).reduce((sum, count) => sum + count)).toBeLessThanOrEqual(8);
  });

  it('do not all pass a budget that some of them fit into', async () => {
    const scene = await newScene();
    const desk = office(scene);
    leaveInBudget(scene, 'riverside', '250.00');
    const many = Array.from({ length: 5 }, () => desk.order({ LineItems: [goods('FRT', 1, 100)] }));
    const messages = many.map(({ PurchaseOrderID }) => messageAbout(scene, PurchaseOrderID));
    await syncDocuments(messages, scene.deployment);
    const records = await Promise.all(many.map((order) => documentOf(scene, order)));
    const held = 'awaiting-approval';
    expect(records.map((record) => record?.state).toSorted()).toEqual([held, held, held, 'posted', 'posted']);
    expect(standing(scene).map(({ total }) => total)).toEqual(['100.00', '100.00']);
  });

  it('give back what they had reserved of a budget where Procore refuses them', async () => {
    const scene = await newScene();
    const desk = office(scene);
    leaveInBudget(scene, 'riverside', '100.00');
    const [refused, next] = [1, 2].map(() => desk.order({ LineItems: [goods('FRT', 1, 100)] }));
    const path = `${CONTRACTS}/{purchase_order_contract_id}/line_items/sync`;
    const effect = { status: 422, body: '{"errors":{"base":["not today"]}}' };
    scene.demo.procore.faults.add({ method: 'PATCH', path, effect, times: 1 });
    await desk.carry(refused!);
    await desk.carry(next!);
    const records = await Promise.all([refused!, next!].map((order) => documentOf(scene, order)));
    expect(records.map((record) => record?.state)).toEqual(['parked', 'posted']);
  });

  it('are one document where several messages are about it', async () => {
    const scene = await newScene();
    const desk = office(scene);
    const [order] = orders(desk, 1);
    const three = [1, 2, 3].map(() => messageAbout(scene, order!.PurchaseOrderID));
    const before = xeroCalls(scene);
    const verdicts = await syncDocuments(three, scene.deployment);
    expect(three.map(({ id }) => verdicts.get(id))).toEqual(['done', 'done', 'done']);
    expect(standing(scene)).toHaveLength(1);
    // The order, and its supplier.
    expect(xeroCalls(scene) - before).toBeLessThanOrEqual(2);
  });
});
