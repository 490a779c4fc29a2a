import { waysOn } from '../../features/daily/reposting.ts';
import { runAt } from '../../features/interview/cards.ts';
import { useChannelButton } from '../../features/interview/no-room.ts';
import { roomIntro } from '../../features/interview/room.ts';
import { liveRowFailed } from '../../features/live/sent-questions.ts';
import { peerRowFailed } from '../../features/peers/undelivered.ts';
import { digestFailed } from '../../features/team/digest-undelivered.ts';
import type { JobContext } from '../../spine/job.ts';
import { noticeToAdmins } from '../../spine/notice.ts';
import { directRow, dueNow } from '../../spine/outbox.ts';
import { type Reply, spans, type Text } from '../../spine/reply.ts';
import type { Settlement } from '../../store/queries/settling.ts';
import type { NewOutboxRow, OutboxRow, Post, Schedule } from '../../store/schema.ts';

/** How a row ends that is not sent, and who is notified. */
export async function handleDeliveryFailure(
  context: JobContext,
  row: OutboxRow,
  state: 'lost' | 'failed',
  problem: Text,
): Promise<Settlement> {
  const settlement = { id: row.id, lease: row.lease, state, at: context.clock.now(), problem };
  // Whoever can't be written to hears of it when they look at their reminders.
  if (row.what === 'reminder' && row.personId && state === 'failed')
    await context.store.turnOffReminder(row.personId);
  if (row.what === 'room' && row.interviewId !== null)
    return roomFailed(context, row, settlement, problem);
  if (row.what === 'intro' && row.interviewId !== null)
    return introFailed(context, row, settlement, problem);
  if (row.peerId !== null) return peerRowFailed(context, row.peerId, row, settlement);
  if (row.liveId !== null) return liveRowFailed(context, row.liveId, row, settlement);
  // A direct message about a post is this notice itself: one about one would never end.
  if (row.outgoing.kind === 'direct') return settlement;
  if (row.postId === null)
    return { ...settlement, add: await digestFailed(context, row, state, problem) };
  const post = await context.store.post(row.postId);
  const schedule = post && (await context.store.schedule(post.scheduleId));
  if (!post || !schedule) return settlement;
  return {
    ...settlement,
    ...(row.what === 'question' ? { post: { state, problem } } : {}),
    add: await failureNotice(context, { schedule, post }, row, state, problem),
  };
}

/** Without a room the interview goes on in direct messages. */
async function roomFailed(
  context: JobContext,
  row: OutboxRow,
  settlement: Settlement,
  problem: Text,
): Promise<Settlement> {
  const { outgoing } = row;
  const { store } = context;
  const interview = row.interviewId === null ? undefined : await store.interview(row.interviewId);
  const account = outgoing.kind === 'room' ? outgoing.accounts[0] : undefined;
  if (!interview || !account) return settlement;
  const intro = directRow({
    key: `intro:${interview.id}:direct`,
    teamId: row.teamId,
    personId: interview.personId,
    platform: row.platform,
    what: 'intro',
    interviewId: interview.id,
    account,
    reply: withoutRoom(await roomIntro(context, interview), problem),
    at: context.clock.now(),
  });
  return { ...settlement, add: [intro] };
}

/** Neither a thread nor a direct message: it is said where the interview was asked for, which may hold it. */
async function introFailed(
  { store, clock }: JobContext,
  row: OutboxRow,
  settlement: Settlement,
  problem: Text,
): Promise<Settlement> {
  const { teamId, platform, outgoing } = row;
  const interview = row.interviewId === null ? undefined : await store.interview(row.interviewId);
  if (!interview || outgoing.kind !== 'direct' || settlement.state === 'lost') return settlement;
  const room = await store.roomRowOf(interview.id);
  const name = (await store.personOfAccount(outgoing.account))?.name ?? 'Someone';
  const key = `nowhere:${interview.id}`;
  const reply: Reply = {
    blocks: [
      {
        kind: 'text',
        text: [
          `${name}, your interview has no place yet. `,
          ...spans(room?.problem ?? "I couldn't open a thread."),
          ' ',
          ...spans(problem),
          ' You can hold it in this channel, where everyone can read along.',
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          useChannelButton(interview.id),
          { label: 'End interview', run: runAt('end', { interview: interview.id, at: 0 }) },
        ],
      },
    ],
  };
  const add: NewOutboxRow = {
    key,
    teamId,
    personId: interview.personId,
    platform,
    what: 'notice',
    interviewId: interview.id,
    outgoing: { kind: 'post', channel: interview.origin, reply, key },
    ...dueNow(clock.now()),
  };
  return { ...settlement, add: [add] };
}

function withoutRoom(intro: Reply, problem: Text): Reply {
  return {
    ...intro,
    blocks: [
      {
        kind: 'text',
        text: [
          "I couldn't open a thread for your interview. ",
          ...spans(problem),
          " Let's do it here instead.",
        ],
      },
      ...intro.blocks,
    ],
  };
}

function failureNotice(
  context: JobContext,
  { schedule, post }: { schedule: Schedule; post: Post },
  row: OutboxRow,
  state: 'lost' | 'failed',
  problem: Text,
): Promise<NewOutboxRow[]> {
  const what = row.what === 'question' ? "today's question" : `the ${row.what} of a question`;
  const words =
    state === 'lost'
      ? [
          `I sent ${what}, but its arrival wasn't confirmed (`,
          ...spans(problem),
          "). I won't resend it, to avoid a duplicate. Is it in the channel?",
        ]
      : [`I couldn't post ${what}. `, ...spans(problem)];
  const reply: Reply = {
    title: state === 'lost' ? 'Was it posted?' : "Couldn't post",
    blocks: [
      { kind: 'text', text: words },
      { kind: 'buttons', buttons: waysOn({ ...post, state }) },
    ],
  };
  return noticeToAdmins(context, schedule, {
    key: `${state}:${row.key}`,
    reply,
    postId: post.id,
  });
}
