import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { InstallURLOptions, StateStore } from '@slack/bolt';

/** How long an installation may take from the page to Slack and back; as long as Bolt's cookie lives. */
const MAX_AGE_MS = 10 * 60_000;

/**
 * The state of an installation: it was made here, not long ago, and is used once. That it belongs to the same browser
 * is checked by Bolt, with a cookie.
 */
export function createStates({
  secret,
  urlOptions,
  isFirstUse,
}: {
  /** Signs the states; whoever has it may make some. */
  secret: string;
  urlOptions: InstallURLOptions;
  isFirstUse(state: string): Promise<boolean>;
}): StateStore {
  const signature = (words: string) =>
    createHmac('sha256', secret).update(`install state ${words}`).digest();
  return {
    async generateStateParam(_options, now) {
      const words = `${now.getTime().toString(36)}.${randomBytes(16).toString('base64url')}`;
      return `${words}.${signature(words).toString('base64url')}`;
    },
    async verifyStateParam(now, state) {
      const [at = '', random = '', signed = ''] = state.split('.');
      const given = Buffer.from(signed, 'base64url');
      const made = signature(`${at}.${random}`);
      const isOurs = given.length === made.length && timingSafeEqual(given, made);
      const age = now.getTime() - Number.parseInt(at, 36);
      if (!isOurs || !(Math.abs(age) <= MAX_AGE_MS)) throw invalidState('is old, or not ours');
      if (!(await isFirstUse(random))) throw invalidState('was used before');
      return urlOptions;
    },
  };
}

/** As Bolt's own store says it. */
function invalidState(why: string): Error {
  return Object.assign(new Error(`The state ${why}`), { code: 'slack_oauth_invalid_state' });
}
