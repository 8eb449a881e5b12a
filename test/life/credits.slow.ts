import { bill, credit, editCredit, hearOf, order, pay, together, unseen } from './deeds.ts';
import { story, tell } from './story.ts';

const ORDER = order('PO-9001', 'concrete 1000, freight 120');

tell('a credit note', [
  story('that is set off against a bill takes off what that bills on its order', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [
      together(credit('CN-1', 'concrete 100', { against: { first: 100 } })),
      'billed concrete 900, freight 120; numbers CN-1, PO-9001',
    ],
    [pay('first'), 'paid 1020'],
  ]),
  story('that names the order takes off what is billed on it', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [credit('back', 'concrete 100', { of: 'PO-9001' }), 'billed concrete 900, freight 120'],
    [editCredit('back', 'concrete 150'), 'billed concrete 850, freight 120'],
  ]),
  story('without order or bill is a negative direct cost', [
    [credit('CN-1', 'permit 80'), 'direct permit -80; costs CN-1 paid not yet'],
  ]),
  story('that is set off against a bill without an order is a negative direct cost', [
    [bill('LS-1', { lines: 'permit 300' }), 'direct permit 300'],
    [credit('CN-1', 'permit 100', { against: { 'LS-1': 100 } }), 'direct permit 200'],
  ]),
  story('is voided: what it took off is billed again', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [credit('back', 'concrete 100', { of: 'PO-9001' }), 'billed concrete 900, freight 120'],
    [editCredit('back', undefined, { Status: 'VOIDED' }), 'billed concrete 1000, freight 120'],
  ]),
  story('without an order is voided', [
    [credit('CN-1', 'permit 80'), 'direct permit -80'],
    [editCredit('CN-1', undefined, { Status: 'VOIDED' }), 'direct nothing; costs nothing'],
  ]),
  story('makes room on the order: what was given back may be billed again', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [credit('back', 'concrete 300', { of: 'PO-9001' }), 'billed concrete 700, freight 120'],
    [bill('again', { of: 'PO-9001', lines: 'concrete 300' }), 'billed concrete 1000, freight 120'],
  ]),
  story('arrives before the bill that it was set off against', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      unseen(bill('first', { of: 'PO-9001' }), credit('CN-1', 'concrete 100', { against: { first: 100 } })),
      '',
    ],
    [hearOf('CN-1'), 'billed concrete -100'],
    [hearOf('first'), 'billed concrete 900, freight 120'],
  ]),
]);
