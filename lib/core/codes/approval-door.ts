import type { Sayings } from './sayings.ts';

/** The door of approvals. */
export const APPROVAL_DOOR = {
  'link-invalid': {
    says: 'This is no link of an approval, or not all of it',
    fix: 'Open the link from your mail again, whole. If it stays so, have it sent anew with `ml-connector approvals resend`.',
  },
  'link-replaced': {
    says: 'This link was replaced by a later one, or is no longer yours to decide by',
    fix: 'Use the link of your latest mail, or have one sent with `ml-connector approvals resend`.',
  },
  'link-expired': {
    says: 'This link has expired',
    fix: 'Have a new one sent with `ml-connector approvals resend`.',
  },
  'approval-changed': {
    says: 'The document changed after this link was sent, so it is about something that is no more',
    fix: 'Use the link of your latest mail; where none came, the document needs no approval any more.',
  },
  'approval-missing': {
    says: 'Nobody was asked to approve this document',
    fix: 'See what waits with `ml-connector approvals list`.',
  },
  'approval-decided': {
    says: 'There is nothing more to decide about this document',
    fix: 'See what was decided with `ml-connector approvals show`.',
  },
  'approval-not-yours': {
    says: 'This person may not decide about the document',
    fix: 'Name one of the approvers with --as, or change the setting approvers.',
  },
  'reason-missing': {
    says: 'A rejection needs a reason',
    fix: 'Say why, for those who must change the document.',
  },
} as const satisfies Sayings;
