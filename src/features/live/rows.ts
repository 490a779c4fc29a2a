import type { Catalog } from '../../core/catalog.ts';
import { bellBefore, closesAt } from '../../core/live/round.ts';
import { rightShare } from '../../core/live/standings.ts';
import { dueNow } from '../../spine/outbox.ts';
import type { Reply } from '../../spine/reply.ts';
import type { LiveRound, NewOutboxRow } from '../../store/schema.ts';
import {
  closedCard,
  leftLobbyCard,
  questionCard,
  resultCard,
  type Shown,
  solutionCard,
} from './cards.ts';
import type { LiveView } from './queries/rounds.ts';
import type { LiveTally } from './queries/tally.ts';

/** The row that shows a question: its time begins when it is sent. */
export const LIVE_QUESTION = 'live-question';

/** A step of a round as it is announced. */
export type LiveStep = {
  before: LiveRound;
  view: LiveView;
  tally: LiveTally;
  at: Date;
  catalog: Pick<Catalog, 'chapter'>;
  /** Why it ended, when nobody asked for it. */
  why?: string | undefined;
  /** The time of its question starts again after a restart. */
  isReopened?: boolean | undefined;
};

/** What shows a step of a round in its channel: at the most two messages and one edit. */
export function liveRows(step: LiveStep): NewOutboxRow[] {
  const { before, view, catalog } = step;
  const { round, question } = view;
  const isEnded = round.state === 'ended';
  const shown = question && {
    round,
    question,
    chapter: catalog.chapter(question.question.chapter),
  };
  if (!shown) return isEnded ? edited(step, 'lobby', leftLobbyCard(round)) : [];
  if (round.state === 'asking') return askingRows(step, shown);
  return [
    ...(before.state === 'asking'
      ? [posted(step, solutionName(shown), solutionCard(shown, step.tally))]
      : []),
    ...(isEnded ? [posted(step, 'result', resultCard(round, step.tally, step.why))] : []),
    ...closingEdits(step, shown),
  ];
}

function askingRows(step: LiveStep, shown: Shown): NewOutboxRow[] {
  const { before, at, isReopened } = step;
  const { round } = shown;
  if (before.state === 'asking') {
    const bell = round.settings.seconds === null ? undefined : bellBefore(round.dueAt);
    return edited(step, questionName(shown), questionCard(shown, { bell, isReopened }));
  }
  // The bell rings so long after the card stands in the channel, which is a moment later.
  const close = closesAt(round.settings, at);
  const card = questionCard(shown, { bell: close && bellBefore(close) });
  return [
    { ...posted(step, questionName(shown), card), what: LIVE_QUESTION },
    ...(before.state === 'lobby' ? edited(step, 'lobby', leftLobbyCard(round)) : []),
  ];
}

/** The card that the step leaves behind loses its buttons. */
function closingEdits(step: LiveStep, shown: Shown): NewOutboxRow[] {
  const { before, tally } = step;
  if (before.state !== 'asking')
    return edited(step, solutionName(shown), solutionCard(shown, tally));
  const { answered } = rightShare(tally.counts);
  return edited(step, questionName(shown), closedCard(shown, answered));
}

/** Names the row that shows a question. */
export const questionKey = ({ id, position }: Pick<LiveRound, 'id' | 'position'>) =>
  `live:${id}:question:${position}`;

const questionName = ({ question }: Shown) => `question:${question.number}`;
const solutionName = ({ question }: Shown) => `solution:${question.number}`;

/** The row that shows a new card of a round. */
export function posted(
  { view: { round }, at }: Pick<LiveStep, 'view' | 'at'>,
  name: string,
  reply: Reply,
): NewOutboxRow {
  const { id, teamId, platform, channel, thread } = round;
  const key = `live:${id}:${name}`;
  return {
    key,
    teamId,
    platform,
    liveId: id,
    what: 'live',
    outgoing: { kind: 'post', channel, reply, key, ...(thread ? { thread } : {}) },
    ...dueNow(at),
  };
}

/** The row that changes a card; none while it isn't known where that is. */
function edited({ view, tally, at }: LiveStep, name: string, reply: Reply): NewOutboxRow[] {
  const { id, teamId, platform, channel, thread } = view.round;
  const message = tally.messages.get(`live:${id}:${name}`);
  if (message === undefined) return [];
  const key = `live:${id}:${name}:${at.getTime()}`;
  return [
    {
      key,
      teamId,
      platform,
      liveId: id,
      what: 'live',
      outgoing: { kind: 'edit', channel, message, reply, key, ...(thread ? { thread } : {}) },
      ...dueNow(at),
    },
  ];
}
