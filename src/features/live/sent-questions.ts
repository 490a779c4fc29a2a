import { closesAt } from '../../core/live/round.ts';
import type { JobContext } from '../../spine/job.ts';
import { accountOn, directRow } from '../../spine/outbox.ts';
import { spans, type Text } from '../../spine/reply.ts';
import type { Settlement } from '../../store/queries/settling.ts';
import type { LiveRound, OutboxRow } from '../../store/schema.ts';
import { LIVE_QUESTION, questionKey } from './rows.ts';

/** The time of a question begins when its card stands in the channel. */
export async function liveQuestionShown(
  store: JobContext['store'],
  row: OutboxRow,
  roundId: number,
  at: Date,
): Promise<Pick<Settlement, 'live'>> {
  if (row.what !== LIVE_QUESTION) return {};
  const round = (await store.liveRound(roundId))?.round;
  const dueAt = round && closesAt(round.settings, at);
  if (!round || !dueAt || row.key !== questionKey(round)) return {};
  return { live: { id: round.id, position: round.position, dueAt } };
}

/** What a row of a live round leaves undone that is not sent: a question that may stand in the channel is asked. */
export async function liveRowFailed(
  context: JobContext,
  roundId: number,
  row: OutboxRow,
  settlement: Settlement,
): Promise<Settlement> {
  const { store } = context;
  if (settlement.state === 'lost')
    return { ...settlement, ...(await liveQuestionShown(store, row, roundId, settlement.at)) };
  const round = (await store.liveRound(roundId))?.round;
  if (!round || round.state === 'ended' || row.outgoing.kind !== 'post') return settlement;
  return {
    ...settlement,
    live: { id: round.id, position: round.position, dueAt: settlement.at, isOver: true },
    add: await noticeToHost(context, round, settlement.problem ?? ''),
  };
}

async function noticeToHost({ store, clock }: JobContext, round: LiveRound, problem: Text) {
  const { id, teamId, platform, hostId } = round;
  const account = hostId === null ? undefined : await accountOn(platform, hostId, store);
  if (hostId === null || account === undefined) return [];
  return [
    directRow({
      key: `live:${id}:failed`,
      teamId,
      personId: hostId,
      platform,
      account,
      at: clock.now(),
      reply: {
        title: 'Live round ended',
        blocks: [
          {
            kind: 'text',
            text: ["I couldn't post in the channel, so the live round ended. ", ...spans(problem)],
          },
          { kind: 'buttons', buttons: [{ label: 'Show results', run: `live place round:${id}` }] },
        ],
      },
    }),
  ];
}
