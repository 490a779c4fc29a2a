import { bellBefore, closesAt } from '../../core/live/round.ts';
import type { Context } from '../../spine/command.ts';
import type { Block, Button, Reply } from '../../spine/reply.ts';
import type { LiveRound } from '../../store/schema.ts';
import {
  afterButtons,
  askBlocks,
  hostButton,
  roundButton,
  settingsText,
  shownAnswer,
} from './cards.ts';
import type { LiveView } from './queries/rounds.ts';
import { peopleText } from './standings.ts';

/** Whether somebody may start, pause and end a round: its host, and every admin should the host be gone. */
export const leads = (
  { hostId }: LiveRound,
  { person, isAdmin }: Pick<Context, 'person' | 'isAdmin'>,
): boolean => hostId === person.id || isAdmin;

/** Where a round is, for one person alone: the open question too, should its card be far up in the channel. */
export async function showLive(view: LiveView, context: Context): Promise<Reply> {
  const { round } = view;
  const isOpen = round.state !== 'ended';
  return {
    title: isOpen ? 'Live round in this channel' : 'This live round is over',
    update: true,
    blocks: [
      ...(await stateBlocks(view, context)),
      ...(isOpen && leads(round, context)
        ? [{ kind: 'buttons', buttons: leadingButtons(round) } satisfies Block]
        : []),
    ],
  };
}

async function stateBlocks(view: LiveView, context: Context): Promise<Block[]> {
  const { round, question } = view;
  const { store, person } = context;
  switch (round.state) {
    case 'lobby':
      return [
        {
          kind: 'text',
          text: `It hasn't started: ${settingsText(round.settings)}. ${peopleText(await store.livePlayersOf(round.id))} joined.`,
        },
        { kind: 'buttons', buttons: [roundButton(round, 'join', 'Join')] },
      ];
    case 'asking': {
      if (!question) return [];
      const answers = await store.liveAnswersOf(round.id, person.id);
      const own = answers.find(({ number }) => number === question.number);
      return [
        {
          kind: 'text',
          text: `Question ${question.number} of ${round.settings.count} is open${round.leftMs === null ? '' : ' and the timer is paused'}. ${own ? `Your answer: ${shownAnswer(question, own.choice)}.` : "You haven't answered it."}`,
        },
        ...askBlocks(question),
        ...closeBlocks(round, context),
      ];
    }
    case 'break':
      return [
        {
          kind: 'text',
          text: `Question ${round.position} of ${round.settings.count} is closed${round.leftMs === null ? '' : ' and the round is paused'}. Its solution is in the channel.`,
        },
        { kind: 'buttons', buttons: [roundButton(round, 'place', 'My place')] },
      ];
    case 'ended':
      return [{ kind: 'buttons', buttons: afterButtons(round) }];
  }
}

/** When the open question closes; nothing while its card is on its way. */
function closeBlocks(round: LiveRound, { clock }: Context): Block[] {
  const latest = closesAt(round.settings, clock.now());
  if (!latest || round.leftMs !== null || round.dueAt > latest) return [];
  return [
    { kind: 'note', text: ['Closes ', { time: bellBefore(round.dueAt), show: 'relative' }, '.'] },
  ];
}

/** The buttons with which a round is led, for its host alone. */
function leadingButtons(round: LiveRound): Button[] {
  const isPaused = round.leftMs !== null;
  const hasTimer = round.settings.seconds !== null;
  const next =
    round.state === 'lobby'
      ? 'Start round'
      : round.state === 'asking'
        ? 'Close question'
        : 'Next question';
  return [
    hostButton(round, 'next', next),
    ...(isPaused ? [hostButton(round, 'resume', 'Continue')] : []),
    ...(hasTimer && !isPaused && round.state !== 'lobby'
      ? [hostButton(round, 'pause', 'Pause')]
      : []),
    roundButton(round, 'end', 'End round'),
  ];
}
