import * as z from 'zod/mini';
import type { Books } from '../core/ports.ts';
import { id, optionalText, present } from '../http/fields.ts';
import type { Endpoint, XeroApi } from './api.ts';

const accountWire = z.object({
  AccountID: id,
  Code: optionalText,
  Name: optionalText,
  Type: optionalText,
  Status: optionalText,
});

const itemWire = z.object({ ItemID: id, Code: id, Name: optionalText, PurchaseDescription: optionalText });

const categoryWire = z.object({
  TrackingCategoryID: id,
  Name: id,
  Status: optionalText,
  Options: z.optional(
    z.nullable(z.array(z.object({ TrackingOptionID: id, Name: id, Status: optionalText }))),
  ),
});

type Lists = 'accounts' | 'items' | 'trackingOptions';

/** What lines are coded with. None of these lists has pages; a record that does not fit its contract is passed over. */
export function referenceBooks(api: XeroApi): Pick<Books, Lists> {
  const all = async <S extends z.ZodMiniType>(
    endpoint: Endpoint,
    wire: S,
    query: Record<string, string> = {},
  ): Promise<z.output<S>[]> => {
    const { records } = await api.list(endpoint, query);
    return records.flatMap((record) => {
      const read = wire.safeParse(record);
      return read.success ? [read.data] : [];
    });
  };

  return {
    accounts: async () =>
      (await all('Accounts', accountWire)).map(({ AccountID, Code, Name = '', Type = '', Status }) =>
        present({ id: AccountID, code: Code, name: Name, type: Type, active: isActive(Status) }),
      ),
    items: async () =>
      (await all('Items', itemWire)).map(({ ItemID, Code, Name, PurchaseDescription }) => ({
        id: ItemID,
        code: Code,
        name: Name ?? PurchaseDescription ?? '',
      })),
    trackingOptions: async () =>
      (await all('TrackingCategories', categoryWire, { includeArchived: 'true' })).flatMap((category) =>
        (category.Options ?? []).map((option) => ({
          id: option.TrackingOptionID,
          option: option.Name,
          categoryId: category.TrackingCategoryID,
          category: category.Name,
          active: isActive(category.Status) && isActive(option.Status),
        })),
      ),
  };
}

function isActive(status: string | undefined): boolean {
  return status === undefined || status === 'ACTIVE';
}
