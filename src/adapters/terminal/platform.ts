import type { Platform } from '../../spine/platform.ts';
import { type Session, show } from './session.ts';

/** Prints what is said outside a reply: posts, edits and direct messages. */
export function createPlatform(session: Session): Platform {
  const { world, write } = session;
  let messages = 0;

  return {
    name: 'terminal',
    resendSafeForMs: Number.POSITIVE_INFINITY,
    async send(outgoing) {
      messages += 1;
      const message = String(messages);
      switch (outgoing.kind) {
        case 'post': {
          const thread = outgoing.thread ? ' > thread' : '';
          show(session, outgoing.reply, `#${outgoing.channel}${thread}`);
          return { ok: true, channel: outgoing.channel, message };
        }
        case 'edit':
          // What was printed stays. An edit in a thread brings news; another is said in one line.
          if (outgoing.thread)
            show(session, outgoing.reply, `#${outgoing.channel} > thread, updated`);
          else write(`#${outgoing.channel}: "${outgoing.reply.title ?? 'a message'}" was updated`);
          return { ok: true, channel: outgoing.channel, message: outgoing.message };
        case 'direct': {
          const to = world.speakers.find(({ account }) => account === outgoing.account);
          show(
            session,
            outgoing.reply,
            `(to ${to?.name ?? outgoing.account}, privately)`,
            outgoing.account,
          );
          return { ok: true, channel: outgoing.account, message };
        }
        default:
          return { ok: true, channel: outgoing.channel, message: `thread-${message}` };
      }
    },
    check: async () => [],
    isAdmin: async (_workspace, account) =>
      world.speakers.find((each) => each.account === account)?.isAdmin,
  };
}
