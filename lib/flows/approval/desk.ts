import type { ApproverMail } from '../../aws/approver-mail.ts';
import type { LinkSigner } from '../../aws/link-signer.ts';

/** What it takes to ask approvers. */
export interface ApprovalDesk {
  /** Where the function `approval` answers. */
  url: string;
  signer: LinkSigner;
  mail: ApproverMail;
}
