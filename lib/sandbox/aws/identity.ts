/** The account and region that the local AWS answers for; the account is the one fauxqs has built in. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

/** For AWS clients of the local run itself. */
export const clientOptions = {
  region: REGION,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};
