import type { Deployment } from '../../lib/flows/deployment.ts';

type Fetch = Deployment['fetch'];

/** A worker whose answers from Xero about orders reach it only once they are released. */
export function heldReads(deployment: Deployment) {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const fetch = async (...call: Parameters<Fetch>) => {
    const response = await deployment.fetch(...call);
    if (String(call[0]).includes('/PurchaseOrders')) {
      reached.resolve();
      await released.promise;
    }
    return response;
  };
  return { deployment: { ...deployment, fetch }, reached: reached.promise, release: released.resolve };
}

/** A worker that has done everything and is held up at writing the document's row. */
export function heldRecord(deployment: Deployment) {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const put = async (...given: Parameters<Deployment['documents']['put']>) => {
    reached.resolve();
    await released.promise;
    return deployment.documents.put(...given);
  };
  const documents = { ...deployment.documents, put };
  return { deployment: { ...deployment, documents }, reached: reached.promise, release: released.resolve };
}
