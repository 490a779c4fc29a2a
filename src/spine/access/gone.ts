import type { Interview, NewOutboxRow, PeerSession, Schedule } from '../../store/schema.ts';
import { runLine } from '../button.ts';
import type { BotParts } from '../context.ts';
import { accountOn, directRow } from '../outbox.ts';
import type { Button, Reply, Text } from '../reply.ts';
import type { PlatformName } from '../request.ts';

type Parts = Pick<BotParts, 'store' | 'clock' | 'emit' | 'wake'>;

/** A channel or thread was deleted: what was held there ends or moves, and its people are told the way on. */
export async function placeGone(
  parts: Parts,
  platform: PlatformName,
  place: string,
): Promise<void> {
  const { store, wake } = parts;
  const held = await store.heldIn(platform, place);
  for (const interview of held.interviews) await interviewGone(parts, interview);
  for (const session of held.peers) await peerGone(parts, session);
  for (const schedule of held.schedules) await scheduleGone(parts, schedule);
  if (held.interviews.length + held.peers.length + held.schedules.length > 0) wake();
}

const card = (text: Text, buttons: Button[]): Reply => ({
  blocks: [
    { kind: 'text', text },
    { kind: 'buttons', buttons },
  ],
});

/** Its answers are kept: it goes on wherever its person chooses. */
async function interviewGone({ store, clock }: Parts, interview: Interview): Promise<void> {
  const { id, personId, platform, teamId, thread } = interview;
  const account = await accountOn(platform, personId, store);
  const reply = card(
    "The thread of your interview was deleted. Your answers are kept, so let's continue here.",
    [
      { label: 'Continue', run: `mock show interview:${id}`, style: 'primary' },
      { label: 'End interview', run: `mock end interview:${id}` },
    ],
  );
  const about = { teamId, personId, platform, interviewId: id, at: clock.now() };
  const rows = account
    ? [directRow({ ...about, key: `gone:${id}:${thread}`, account, reply })]
    : [];
  await store.moveInterview({ id, to: undefined, rows });
}

/** Two people cannot meet without a room; what they wrote of each other stays. */
async function peerGone({ store, clock, emit }: Parts, session: PeerSession): Promise<void> {
  const { id, teamId, platform, firstId, firstAccount, secondId, secondAccount } = session;
  const told = (personId: string, account: string, other: string): NewOutboxRow =>
    directRow({
      key: `peer-gone:${id}:${personId}`,
      teamId,
      platform,
      peerId: id,
      personId,
      account,
      reply: card('The thread of your peer interview was deleted, so the interview is over.', [
        {
          label: 'Invite again',
          run: runLine('mock', { mode: 'peer', with: other }),
          style: 'primary',
        },
      ]),
      at: clock.now(),
    });
  const ended = await store.movePeerSession({
    id,
    from: ['opening', 'waiting', 'first', 'second'],
    set: { state: 'missed', dueAt: null },
    rows: [told(firstId, firstAccount, secondAccount), told(secondId, secondAccount, firstAccount)],
  });
  if (ended) emit({ kind: 'interview', interview: `peer ${id}`, step: 'ended' });
}

/** It waits until somebody names another channel. */
async function scheduleGone({ store, clock, emit }: Parts, schedule: Schedule): Promise<void> {
  const { id, teamId, platform, keeperId } = schedule;
  await store.setScheduleState(id, { state: 'paused' });
  emit({ kind: 'paused', schedule: String(id) });
  const account = keeperId ? await accountOn(platform, keeperId, store) : undefined;
  if (!keeperId || !account) return;
  const reply = card(
    [
      "The daily question's channel was deleted, so I paused the schedule. To use another channel, run ",
      { command: `setup schedule:${id} channel:#daily` },
      ', then resume it.',
    ],
    [
      { label: 'Setup', run: 'setup' },
      { label: 'Resume', run: `daily action:resume schedule:${id}` },
    ],
  );
  const at = clock.now();
  const key = `gone:schedule:${id}:${at.getTime()}`;
  await store.addOutgoing([
    directRow({ key, teamId, personId: keeperId, platform, account, reply, at }),
  ]);
}
