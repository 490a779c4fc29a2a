import type { Draw } from '../../adapters/web/present.ts';
import type { Change, Outcome } from '../../adapters/web/protocol.ts';
import { createSession, type SessionOptions } from '../../adapters/web/session.ts';
import type { Catalog } from '../../core/catalog.ts';
import { demoStart } from '../days.ts';
import { createPlayground } from '../playground.ts';

/** What the build plays before anybody comes: the first question, and the same session after each tap on an option. */
export type Begun = {
  first: Change;
  /** By the id of the button. */
  taps: Record<string, { changes: Change[]; outcome: Outcome }>;
};

const ZONE = 'UTC';

/** The session of the static demo, with today's question open: the same in the build and in every page. */
export async function beginDemo(
  catalog: Catalog,
  parts: { draw: Draw } & Pick<SessionOptions, 'fileAt'>,
) {
  const start = demoStart(ZONE);
  const open = createPlayground({ catalog, start, zone: ZONE, locale: 'en-GB' });
  const session = await createSession({ open, ...parts });
  await session.say({
    delivery: 'first',
    account: 'web:you',
    place: 'daily',
    gesture: { kind: 'text', text: '/daily' },
  });
  return session;
}
