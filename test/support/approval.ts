import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { SNSClient } from '@aws-sdk/client-sns';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { handle } from '../../functions/approval/handle.ts';
import type { DomainEvents } from '../../lib/aws/events.ts';
import type { Approver } from '../../lib/core/settings.ts';
import { openApprovalDoor } from '../../lib/flows/approval/approval-door.ts';
import { askAbout } from '../../lib/flows/approval/ask-approvers.ts';
import { levelSubscriptions } from '../../lib/flows/approval/level-subscriptions.ts';
import type { ApprovalDoor } from '../../lib/flows/approval/open-approval.ts';
import { openDesk } from '../../lib/flows/approval/open-desk.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { functionUrlListener } from '../../lib/sandbox/aws/http-api.ts';
import { listen } from '../../lib/sandbox/aws/http-server.ts';
import { clientOptions } from '../../lib/sandbox/aws/identity.ts';
import type { Mail, RunningSns } from '../../lib/sandbox/aws/sns.ts';
import { startSns } from '../../lib/sandbox/aws/sns.ts';
import type { Scene, SceneOptions } from './scene.ts';
import { drain } from './world.ts';

export const DANA: Approver = { name: 'Dana Reyes', email: 'dana@example.com' };
export const LEE: Approver = { name: 'Lee Harlan', email: 'lee@example.com' };

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:approvals';

/** A scene in which approvers are mailed, and their links open the real page. */
export interface ApprovalScene extends Scene {
  sns: RunningSns;
  door: ApprovalDoor;
  /** Where the page answers, ending in a slash. */
  url: string;
  mailsTo(approver: Approver): Mail[];
  /** Works off what is queued, as the function would. */
  drain(): Promise<void>;
}

/** By default Dana alone decides, and has confirmed that she wants mail. */
export async function openApprovalScene(
  openScene: (options?: SceneOptions) => Promise<Scene>,
  { approvers = [DANA], ...options }: SceneOptions & { approvers?: Approver[] } = {},
): Promise<ApprovalScene> {
  const scene = await openScene({ ...options, settings: { approvers, ...options.settings } });
  const { cloud, clock, deployment, tableName } = scene;
  const sns = await startSns({ topics: [TOPIC], confirmAtOnce: true });
  const client = new SNSClient({ ...clientOptions, endpoint: sns.url });
  const { KeyMetadata } = await cloud.kms.send(
    new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
  );
  const environment = {
    TABLE_NAME: tableName,
    QUEUE_URL: scene.queueUrl,
    APPROVAL_KEY_ID: KeyMetadata!.Arn,
    APPROVAL_TOPIC_ARN: TOPIC,
  };
  const door = openApprovalDoor(environment, deployment.log, clock, cloud);
  const invoke = async (_name: string, event: unknown) =>
    ({ ok: true, payload: await handle(event as LambdaFunctionURLEvent, door) }) as never;
  const server = await listen(
    functionUrlListener({ id: 'approval', functionArn: 'approval', authType: 'NONE' }, invoke),
  );
  const url = `${server.url}/`;
  const desk = openDesk({ ...environment, APPROVAL_URL: url }, cloud.kms, client);
  const asking: Deployment = {
    ...deployment,
    desk,
    // As the stack's rule does it.
    events: {
      async publish(type, detail) {
        await deployment.events.publish(type, detail);
        if (type === 'ApprovalRequested') await askAbout(detail as DomainEvents['ApprovalRequested'], asking);
      },
    },
  };
  await levelSubscriptions(asking);
  return {
    ...scene,
    deployment: asking,
    sns,
    door,
    url,
    mailsTo: ({ email }) => sns.mails().filter(({ to }) => to === email),
    drain: () => drain({ ...cloud, queueUrl: scene.queueUrl }, asking),
    async close() {
      client.destroy();
      await Promise.all([sns.close(), server.close(), scene.close()]);
    },
  };
}

/** The link in a mail. */
function linkIn({ text }: Mail): string {
  return /^http\S+$/m.exec(text)![0];
}

/** The last mail's link to this person. */
export function lastLink(scene: ApprovalScene, approver: Approver = DANA): string {
  return linkIn(scene.mailsTo(approver).at(-1)!);
}

/** What the page says, as a browser without any style would show it. */
export async function pageOf(link: string): Promise<{ status: number; words: string }> {
  return inWords(await fetch(link));
}

export async function answer(
  link: string,
  verdict: string,
  reason = '',
): Promise<{ status: number; words: string }> {
  return inWords(await fetch(link, { method: 'POST', body: new URLSearchParams({ verdict, reason }) }));
}

async function inWords(response: Response): Promise<{ status: number; words: string }> {
  const page = await response.text();
  const words = page
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
  return { status: response.status, words };
}
