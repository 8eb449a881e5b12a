import { NeedsPerson } from './errors.ts';
import type { Vendor } from './procore-records.ts';
import type { Settings } from './settings.ts';
import type { VendorCandidate, VendorMatch } from './vendor-match.ts';

/** What the connector's own vendors are known by: one originId per contact, in whichever company. */
export function vendorOriginId(contactId: string): string {
  return `xero:contact:${contactId}`;
}

/**
 * Which vendor a contact is by what Procore holds: that one, a new one, or a question for a person. `wished` where a
 * person said that it is to be a new one: then neither equals nor near ones count, and no setting.
 */
export function decideVendor(
  contact: { id: string; name: string },
  match: VendorMatch,
  settings: Pick<Settings, 'nearMatch' | 'contacts'>,
  wished = false,
): { vendor: Vendor } | 'create' | NeedsPerson {
  const about = { contact: contact.id, supplier: contact.name };
  if (match !== 'none' && 'vendor' in match) {
    const own = match.vendor.originId === vendorOriginId(contact.id);
    if (own || !wished) return { vendor: match.vendor };
  }
  if (wished) return 'create';
  if (match === 'none') {
    return settings.contacts === 'none' ? new NeedsPerson('vendor-missing', { facts: about }) : 'create';
  }
  const near = 'near' in match;
  if (near && settings.nearMatch === 'create' && settings.contacts !== 'none') return 'create';
  const candidates = (near ? match.near : (match as { equal: VendorCandidate[] }).equal).map(inWords);
  return new NeedsPerson('vendor-ambiguous', { facts: { ...about, candidates } });
}

/** `Hudson Concrete LLC (77), 95 % alike: differs by the legal form: Inc / LLC` */
function inWords({ vendor, score, reason }: VendorCandidate): string {
  return `${vendor.name} (${vendor.id}), ${Math.round(score * 100)} % alike: ${reason}`;
}
