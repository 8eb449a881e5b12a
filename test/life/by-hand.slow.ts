import type { Company, DirectCost, Project, Requisition } from '../../lib/sandbox/procore/records.ts';
import {
  bill,
  editBill,
  editOrder,
  hearOf,
  inProcore,
  order,
  overwrite,
  pay,
  sweep,
  together,
  voidBill,
} from './deeds.ts';
import { story, tell } from './story.ts';

const ORDER = order('PO-9001', 'concrete 1000, freight 120');

tell('what people do in Procore is never blindly written over', [
  story('an application that was set back to draft parks its bill as soon as that changes', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [
      inProcore((people, { company }) => people.setRequisitionStatus(only(company).id, 'draft')),
      'billed nothing',
    ],
    [editBill('first', 'concrete 500'), 'parked first application-touched'],
    [
      together(
        inProcore((people, { company }) => people.setRequisitionStatus(only(company).id, 'approved')),
        hearOf('first'),
      ),
      'billed concrete 500; parked nothing',
    ],
  ]),
  story('an application with other amounts is written over once a person has seen that and says so', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [billedByHand('410.00'), 'billed concrete 410'],
    [editBill('first', 'concrete 500'), 'parked first application-touched'],
    [overwrite('first'), 'billed concrete 500; parked nothing'],
  ]),
  story('what is changed after a person has seen it is not written over', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [billedByHand('410.00'), 'billed concrete 410'],
    [editBill('first', 'concrete 500'), 'parked first application-touched'],
    [together(billedByHand('420.00'), overwrite('first')), 'billed concrete 420'],
    [overwrite('first'), 'billed concrete 500; parked nothing'],
  ]),
  story(
    'the nightly look finds what was changed though nothing changed in Xero, until both sides agree again',
    [
      [ORDER, 'committed concrete 1000, freight 120'],
      [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
      [billedByHand('410.00'), 'billed concrete 410'],
      [hearOf('first', 'PO-9001'), ''],
      [sweep, 'parked first application-touched'],
      [hearOf('first'), ''],
      [together(billedByHand('400.00'), hearOf('first')), 'billed concrete 400; parked nothing'],
      [inProcore((people, { company }) => people.deleteRequisition(only(company).id)), 'billed nothing'],
      [sweep, 'parked first application-touched'],
      [overwrite('first'), 'billed concrete 400; parked nothing'],
    ],
  ),
  story('a line of a commitment with another amount parks its order once that changes', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [lineByHand('1050.00'), 'committed concrete 1050, freight 120'],
    [editOrder('PO-9001', 'concrete 1200, freight 120'), 'parked PO-9001 commitment-touched'],
    [overwrite('PO-9001'), 'committed concrete 1200, freight 120; parked nothing; drafts 1320'],
  ]),
  story('a line of a commitment that comes to what the order says now is nobody’s quarrel', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [lineByHand('1050.00'), 'committed concrete 1050, freight 120'],
    [editOrder('PO-9001', 'concrete 1050, freight 120'), 'drafts 1170'],
  ]),
  story('the nightly look finds a commitment with other amounts, another status, or none of its lines', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [lineByHand('1050.00'), 'committed concrete 1050, freight 120'],
    [sweep, 'parked PO-9001 commitment-touched'],
    [overwrite('PO-9001'), 'committed concrete 1000, freight 120; parked nothing'],
    [
      inProcore((people, { company }) => people.setContractStatus(contract(company).id, 'Submitted')),
      'committed nothing; statuses PO-9001 Submitted',
    ],
    [sweep, 'parked PO-9001 commitment-touched'],
    [overwrite('PO-9001'), 'committed concrete 1000, freight 120; parked nothing; statuses PO-9001 Approved'],
    [
      inProcore((people, { company }) => {
        people.deleteRequisition(only(company).id);
        contract(company).lines.pop();
      }),
      'committed concrete 1000',
    ],
    [sweep, 'parked PO-9001 commitment-touched'],
  ]),
  story('an order that was received in Procore stays so, until it changes in Xero', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      inProcore((people, { company }) => people.setContractStatus(contract(company).id, 'Received')),
      'committed nothing; statuses PO-9001 Received',
    ],
    [sweep, 'statuses PO-9001 Received'],
    [editOrder('PO-9001', 'concrete 1100, freight 120'), 'parked PO-9001 commitment-touched'],
    [overwrite('PO-9001'), 'committed concrete 1100, freight 120; parked nothing; statuses PO-9001 Approved'],
  ]),
  story('a commitment that was changed is not deleted with its order before a person says so', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [lineByHand('1050.00'), 'committed concrete 1050, freight 120'],
    [editOrder('PO-9001', undefined, { Status: 'DELETED' }), 'parked PO-9001 commitment-touched'],
    [overwrite('PO-9001'), 'committed nothing; parked nothing'],
  ]),
  story('a commitment that was given a retainage pays no bill short: its bill waits', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      inProcore((_people, { company }) => {
        contract(company).retainage_percent = '10';
      }),
      '',
    ],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'parked first application-differs'],
    [
      together(
        inProcore((_people, { company }) => {
          contract(company).retainage_percent = '0';
          for (const item of only(company).items) item.work_completed_retainage_retained_this_period = '0.00';
        }),
        hearOf('first'),
      ),
      'billed concrete 400; parked nothing',
    ],
  ]),
  story('a line that people added to a commitment is left alone', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      inProcore((_people, { company }) => {
        const [line] = contract(company).lines;
        contract(company).lines.push({ ...line!, id: line!.id + 500_000, origin_id: null, amount: '70.00' });
      }),
      'committed concrete 1070, freight 120',
    ],
    [sweep, ''],
    [editOrder('PO-9001', 'concrete 1100, freight 120'), 'committed concrete 1170, freight 120'],
  ]),
  story('an application with other amounts parks its bill, even to be voided', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [billedByHand('410.00'), 'billed concrete 410'],
    [voidBill('first'), 'parked first application-touched'],
    [overwrite('first'), 'billed nothing; parked nothing'],
  ]),
  story('an application that was deleted is written again when its bill changes', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [inProcore((people, { company }) => people.deleteRequisition(only(company).id)), 'billed nothing'],
    [editBill('first', 'concrete 450'), 'billed concrete 450'],
  ]),
  story('a draft that was submitted parks the bill that would have used it up', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [inProcore((people, { company }) => people.setRequisitionStatus(only(company).id, 'under_review')), ''],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'parked first requisition-touched'],
    [
      together(
        inProcore((people, { company }) => people.setRequisitionStatus(only(company).id, 'draft')),
        hearOf('first'),
      ),
      'billed concrete 400; parked nothing; drafts nothing',
    ],
  ]),
  story('a draft that was deleted is not missed: the bill makes an application of its own', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [inProcore((people, { company }) => people.deleteRequisition(only(company).id)), 'drafts nothing'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400; drafts nothing'],
  ]),
  story('a commitment that was deleted parks its order and what comes to be billed on it', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [
      inProcore((people, { company }) => people.deleteContract(only(company).commitment_id)),
      'committed nothing; billed nothing',
    ],
    [
      editOrder('PO-9001', 'concrete 1100, freight 120'),
      'parked PO-9001 commitment-gone, first order-not-posted',
    ],
  ]),
  story('a direct cost that was deleted is written again when its bill changes', [
    [bill('LS-1', { lines: 'permit 300' }), 'direct permit 300'],
    [inProcore((people, { company }) => people.deleteDirectCost(onlyCost(company).id)), 'direct nothing'],
    [editBill('LS-1', 'permit 350'), 'direct permit 350'],
    [pay('LS-1'), 'costs LS-1 paid 2026-11-25'],
  ]),
  story('a direct cost that was deleted is not missed when its bill is voided', [
    [bill('LS-1', { lines: 'permit 300' }), 'direct permit 300'],
    [inProcore((people, { company }) => people.deleteDirectCost(onlyCost(company).id)), 'direct nothing'],
    [voidBill('LS-1'), ''],
  ]),
  story('a payment that was deleted is written again when it changes in Xero', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      together(bill('first', { of: 'PO-9001' }), pay('first', 500)),
      'billed concrete 1000, freight 120; paid 500',
    ],
    [
      inProcore((_people, { company }) => {
        for (const { payments } of company.projects.values()) payments.clear();
      }),
      'paid nothing',
    ],
    [pay('first', 100), 'paid 100'],
  ]),
  story('an application typed in beside ours is left alone, and counts', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [
      inProcore((_people, { company }) => {
        const ours = only(company);
        const project = projectOf(company, ours);
        const theirs = structuredClone(ours);
        Object.assign(theirs, { id: ours.id + 500_000, number: 2, origin_id: null, origin_data: null });
        for (const item of theirs.items) item.id += 500_000;
        project.requisitions.set(theirs.id, theirs);
      }),
      'billed concrete 800',
    ],
    [editBill('first', 'concrete 500'), 'billed concrete 900'],
  ]),
]);

/** Somebody types another amount into the application, and into the commitment. */
function billedByHand(amount: string) {
  return inProcore((_people, { company }) => {
    only(company).items[0]!.work_completed_this_period = amount;
  });
}

function lineByHand(amount: string) {
  return inProcore((_people, { company }) => {
    contract(company).lines[0]!.amount = amount;
  });
}

function contract(company: Company) {
  return [...company.projects.values()].flatMap(({ contracts }) => [...contracts.values()])[0]!;
}

/** The one requisition that stands in the company beside those of its seed. */
function only(company: Company): Requisition {
  const all = [...company.projects.values()].flatMap(({ requisitions }) => [...requisitions.values()]);
  return all[0]!;
}

function onlyCost(company: Company): DirectCost {
  return [...company.projects.values()].flatMap(({ directCosts }) => [...directCosts.values()])[0]!;
}

function projectOf(company: Company, { id }: Requisition): Project {
  return [...company.projects.values()].find(({ requisitions }) => requisitions.has(id))!;
}
