import { runLine } from '../../spine/button.ts';
import type { JobContext } from '../../spine/job.ts';
import { directRow, dueNow } from '../../spine/outbox.ts';
import { type Block, type Reply, spans, type Text } from '../../spine/reply.ts';
import type { Settlement } from '../../store/queries/settling.ts';
import type { NewOutboxRow, OutboxRow, PeerSession } from '../../store/schema.ts';
import { lobbyButton } from './cards.ts';

type Failed = Settlement & { state: 'lost' | 'failed'; problem: Text };

/** What follows when a row of a peer interview is not sent: nobody is left to wait for what does not come. */
export async function peerRowFailed(
  context: JobContext,
  peerId: number,
  row: OutboxRow,
  failed: Failed,
): Promise<Settlement> {
  const session = await context.store.peerSession(peerId);
  if (!session) return failed;
  switch (row.what) {
    case 'room':
      return roomFailed(context, session, failed);
    case 'invitation':
      return invitationFailed(context, session, failed);
    case 'feedback':
      return feedbackFailed(context, session, row, failed);
    default:
      return failed;
  }
}

/** Without a room two people cannot meet: both are told. */
function roomFailed(context: JobContext, session: PeerSession, failed: Failed): Settlement {
  const { id, teamId, platform } = session;
  const reply: Reply = {
    title: 'No room for your peer interview',
    blocks: [
      {
        kind: 'text',
        text: [
          "I couldn't open a room for you both: ",
          ...spans(failed.problem),
          " Once that's fixed, invite each other again.",
        ],
      },
    ],
  };
  const people = [
    { personId: session.firstId, account: session.firstAccount },
    { personId: session.secondId, account: session.secondAccount },
  ];
  const add = people.map(({ personId, account }) =>
    directRow({
      key: `no-room:${id}:${personId}`,
      teamId,
      platform,
      peerId: id,
      personId,
      account,
      reply,
      at: context.clock.now(),
    }),
  );
  return { ...failed, endedPeer: { id, from: 'opening', state: 'missed' }, add };
}

/** Whoever asked hears at once that the other was not; one that may have arrived stays open. */
async function invitationFailed(
  context: JobContext,
  session: PeerSession,
  failed: Failed,
): Promise<Settlement> {
  const { id, teamId, platform, firstId, firstAccount, secondAccount } = session;
  const name = (await context.store.personOfAccount(secondAccount))?.name ?? 'your teammate';
  const add = [
    directRow({
      key: `not-invited:${id}`,
      teamId,
      platform,
      peerId: id,
      personId: firstId,
      account: firstAccount,
      reply:
        failed.state === 'lost'
          ? doubtfulCard(name)
          : undeliveredCard(name, secondAccount, failed.problem),
      at: context.clock.now(),
    }),
  ];
  if (failed.state === 'lost') return { ...failed, add };
  return { ...failed, endedPeer: { id, from: 'invited', state: 'lapsed' }, add };
}

function doubtfulCard(name: string): Reply {
  return {
    title: 'Did your invitation arrive?',
    blocks: [
      {
        kind: 'text',
        text: `I sent it to ${name}, but didn't get a confirmation. I won't send it twice. Ask them if they got it. They'll also see it if they invite you.`,
      },
    ],
  };
}

function undeliveredCard(name: string, account: string, problem: Text): Reply {
  return {
    title: "Your invitation wasn't delivered",
    blocks: [
      {
        kind: 'text',
        text: [
          `I couldn't message ${name}: `,
          ...spans(problem),
          " Tell them yourself, or invite them again once that's fixed.",
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Invite again', run: runLine('mock', { mode: 'peer', with: account }) },
          lobbyButton({}, 'Find another partner'),
        ],
      },
    ],
  };
}

/** Feedback that cannot be sent is read where the two met, by the one whom it is for. */
async function feedbackFailed(
  { store, clock }: JobContext,
  { id, channel, thread }: PeerSession,
  { teamId, platform, outgoing }: OutboxRow,
  failed: Failed,
): Promise<Settlement> {
  if (outgoing.kind !== 'direct' || channel === null) return failed;
  const { account } = outgoing;
  const name = (await store.personOfAccount(account))?.name ?? 'one of you';
  const key = `read-feedback:${id}:${account}`;
  const blocks: Block[] = [
    {
      kind: 'text',
      text: [
        `I couldn't send ${name} the feedback in a direct message: `,
        ...spans(failed.problem),
        ' You can read it here. Each of you sees only what the other wrote.',
      ],
    },
    {
      kind: 'buttons',
      buttons: [{ label: 'Read my feedback', run: `peer read session:${id}`, style: 'primary' }],
    },
  ];
  const post: NewOutboxRow = {
    key,
    teamId,
    platform,
    what: 'notice',
    peerId: id,
    outgoing: {
      kind: 'post',
      channel,
      ...(thread === null ? {} : { thread }),
      reply: { blocks },
      key,
    },
    ...dueNow(clock.now()),
  };
  return { ...failed, add: [post] };
}
