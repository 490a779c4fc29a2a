import { runLine } from '../../../spine/button.ts';
import { forEach, type Job, type JobContext } from '../../../spine/job.ts';
import { directRow } from '../../../spine/outbox.ts';
import type { Reply } from '../../../spine/reply.ts';
import type { PeerSession } from '../../../store/schema.ts';
import { lobbyButton } from '../cards.ts';

/** An invitation without an answer for this long is taken back. */
const INVITED_MS = 3 * 86_400_000;

/** Takes back invitations to peer interviews that nobody answers. */
export const invitations: Job = {
  name: 'invitations',
  async run(context) {
    const before = new Date(context.clock.now().getTime() - INVITED_MS);
    const unanswered = await context.store.unansweredInvitations(before);
    await forEach(context, unanswered, 'invitation', (session) => lapse(context, session));
  },
};

/** Tells whoever asked; the other is not reminded of what they left alone. */
async function lapse(context: JobContext, session: PeerSession): Promise<void> {
  const { store, clock, emit } = context;
  const { id, teamId, platform, firstId, firstAccount, secondAccount } = session;
  const other = await store.personOfAccount(secondAccount);
  const moved = await store.movePeerSession({
    id,
    from: ['invited'],
    set: { state: 'lapsed' },
    rows: [
      directRow({
        key: `lapsed:${id}`,
        teamId,
        platform,
        peerId: id,
        personId: firstId,
        account: firstAccount,
        reply: lapsedCard(other?.name ?? 'your teammate', secondAccount),
        at: clock.now(),
      }),
    ],
  });
  if (moved) emit({ kind: 'interview', interview: `peer ${id}`, step: 'lapsed' });
}

function lapsedCard(name: string, account: string): Reply {
  return {
    title: 'No answer to your invitation',
    blocks: [
      {
        kind: 'text',
        text: `${name} didn't answer within 3 days, so your invitation expired. They may just be busy.`,
      },
      {
        kind: 'buttons',
        buttons: [
          lobbyButton({}, 'Find another partner'),
          { label: 'Invite again', run: runLine('mock', { mode: 'peer', with: account }) },
        ],
      },
    ],
  };
}
