import type {
  BotMessage,
  Outcome,
  ShownForm,
  UserAction,
} from '../../../src/adapters/web/protocol.ts';
import { createSession, type Session } from '../../../src/adapters/web/session.ts';
import type { Setting } from '../../../src/adapters/web/world.ts';
import type { Catalog } from '../../../src/core/catalog.ts';
import { createPlayground } from '../../../src/demo/playground.ts';
import { smallCatalog } from '../machine.ts';

/** A Thursday at the demo's posting hour. */
export const MORNING = new Date('2026-11-26T09:00:00Z');

/** Makes demo teams over a catalog of a few test items. */
export function openTestWorld(catalog: Catalog = smallCatalog()) {
  return createPlayground({ catalog, start: MORNING, zone: 'UTC', locale: 'en-GB' });
}

/** A session with a person in it, as the page would speak for them. */
export async function startSession(setting: Setting = { days: 1 }, catalog?: Catalog) {
  const session = await createSession({
    open: openTestWorld(catalog),
    draw: async () => undefined,
    at: MORNING,
    setting,
  });
  return { session, ...personIn(session) };
}

/** What the first speaker of the demo, or another, does in its channel. */
export function personIn(session: Session) {
  let deliveries = 0;

  async function act(
    gesture: UserAction,
    { message, as = 'web:you', place = 'daily', delivery }: Partial<At> = {},
  ): Promise<Outcome | undefined> {
    deliveries += 1;
    const outcome = await session.say({
      delivery: delivery ?? `test ${deliveries}`,
      account: as,
      place,
      gesture,
      ...(message ? { message } : {}),
    });
    await session.settle();
    return outcome;
  }

  function shown(outcome: Outcome | undefined): BotMessage {
    const message = outcome?.kind === 'shown' ? session.message(outcome.message) : undefined;
    if (message?.by !== 'bot') throw new Error(`Nothing was shown, but ${outcome?.kind}`);
    return message;
  }

  return {
    act,
    /** Types a command and sees its reply. */
    type: async (text: string, at: Partial<At> = {}) =>
      shown(await act({ kind: 'text', text }, at)),
    /** Types a command and sees the form that asks for the rest. */
    async form(text: string): Promise<ShownForm> {
      const outcome = await act({ kind: 'text', text });
      if (outcome?.kind !== 'form') throw new Error(`No form came, but ${outcome?.kind}`);
      return outcome.form;
    },
    shown,
    said: (message: BotMessage) => message.payloads.slack.message.text,
  };
}

type At = { message: string; as: string; place: string; delivery: string };
