import * as z from 'zod/mini';
import type { PurchaseOrder } from '../core/documents.ts';
import { id, optionalText, present } from '../http/fields.ts';
import { optionalDate, pricedWire, reader, toPriced } from './document-wire.ts';

const purchaseOrderWire = z.extend(pricedWire, {
  PurchaseOrderID: id,
  PurchaseOrderNumber: id,
  Reference: optionalText,
  DeliveryDate: optionalDate,
  DeliveryAddress: optionalText,
});

/** Reads one record of `PurchaseOrders`. */
export const readPurchaseOrder = reader(
  purchaseOrderWire,
  'PurchaseOrderID',
  (wire): PurchaseOrder =>
    present({
      kind: 'purchase-order' as const,
      id: wire.PurchaseOrderID,
      number: wire.PurchaseOrderNumber,
      reference: wire.Reference,
      deliveryDate: wire.DeliveryDate,
      deliveryAddress: wire.DeliveryAddress,
      ...toPriced(wire),
    }),
);
