import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { linkToken, newSecret, readLink } from '../../../lib/flows/approval/link.ts';

const sign = async (text: string) => createHmac('sha256', 'key').update(text).digest('base64url');
const signer = {
  sign,
  // As KMS does it, by the bytes.
  verify: async (text: string, signature: string) =>
    Buffer.from(signature, 'base64url').equals(Buffer.from(await sign(text), 'base64url')),
};

const LINK = {
  connectionId: 'harlan-reyes-builders-12b613c1',
  documentId: 'd69fb31d-097e-45e2-8c95-03f854c16ffb',
  requestId: newSecret(),
  secret: newSecret(),
};

describe('the link of an approver', () => {
  it('says what was put into it', async () => {
    expect(await readLink(await linkToken(LINK, signer), signer)).toEqual(LINK);
  });

  it('is refused with one character changed, wherever and to whatever: 10,000 times', async () => {
    const token = await linkToken(LINK, signer);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~%/+= ';
    let tried = 0;
    for (let times = 0; tried < 10_000; times++) {
      const place = times % token.length;
      const other = alphabet[Math.floor(times / token.length) % alphabet.length]!;
      if (other === token[place]) continue;
      tried++;
      const tampered = token.slice(0, place) + other + token.slice(place + 1);
      await expect(readLink(tampered, signer)).rejects.toMatchObject({ code: 'link-invalid' });
    }
  });

  it('is refused cut off, lengthened, doubled, or with the signature of another', async () => {
    const token = await linkToken(LINK, signer);
    const other = await linkToken({ ...LINK, documentId: LINK.requestId }, signer);
    const [payload = '', signature = ''] = token.split('.');
    const tampered = [
      '',
      '.',
      payload,
      `${payload}.`,
      `.${signature}`,
      `${token}A`,
      `A${token}`,
      token + token,
      `${payload}.${other.split('.')[1]}`,
      `${payload}.${'A'.repeat(43)}`,
      ...Array.from({ length: token.length - 1 }, (_, length) => token.slice(0, length + 1)),
    ];
    for (const text of tampered) {
      await expect(readLink(text, signer)).rejects.toMatchObject({ code: 'link-invalid' });
    }
  });
});
