import type { KMSClient } from '@aws-sdk/client-kms';
import { SNSClient } from '@aws-sdk/client-sns';
import { openApproverMail } from '../../aws/approver-mail.ts';
import { openLinkSigner } from '../../aws/link-signer.ts';
import type { Environment } from '../environment.ts';
import { requireEnvironment } from '../environment.ts';
import type { ApprovalDesk } from './desk.ts';

/** Opens what the environment names. Throws Stop('configuration-missing') naming all that lacks. */
export function openDesk(
  environment: Environment,
  kms: KMSClient,
  sns: SNSClient = new SNSClient(),
): ApprovalDesk {
  const { APPROVAL_URL, APPROVAL_KEY_ID, APPROVAL_TOPIC_ARN } = requireEnvironment(
    environment,
    'APPROVAL_URL',
    'APPROVAL_KEY_ID',
    'APPROVAL_TOPIC_ARN',
  );
  return {
    url: APPROVAL_URL,
    signer: openLinkSigner(kms, APPROVAL_KEY_ID),
    mail: openApproverMail(sns, APPROVAL_TOPIC_ARN),
  };
}
