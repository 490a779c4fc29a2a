import { rankScores } from '../../core/live/standings.ts';
import { cardOf } from '../../core/practice/card.ts';
import { cut } from '../../session/question-card.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Block, Reply } from '../../spine/reply.ts';
import type { LiveRound } from '../../store/schema.ts';
import { showPractice } from '../practice/showing.ts';
import { findLive } from './running.ts';
import { countOf } from './standings.ts';

/** One's own place and answers: of the question that is open only that it was answered. */
export async function showPlace(id: number | undefined, context: Context): Promise<Reply> {
  const { store, person } = context;
  const { round } = await findLive(id, context);
  const asked = round.state === 'asking' ? round.position - 1 : round.position;
  const answers = await store.liveAnswersOf(round.id, person.id);
  const questions = await store.liveQuestionsOf(round.id);
  const closed = questions.filter(({ number }) => number <= asked);
  const lines = closed.map(({ number, question }): Block => {
    const answer = answers.find((each) => each.number === number);
    const mark = !answer ? 'Not answered' : answer.isRight ? '✓ Correct' : '✗ Incorrect';
    return {
      kind: 'text',
      text: [{ bold: `${number}. ${mark}: ` }, cut(question.prompt, 100)],
    };
  });
  return {
    title: round.state === 'ended' ? 'Your results' : 'Your place',
    blocks: [
      { kind: 'text', text: await placeText(round, asked, context) },
      ...lines,
      ...(round.state === 'ended'
        ? [
            {
              kind: 'buttons',
              buttons: [
                { label: 'Practice these', run: `live practice round:${round.id}` },
                ...(answers.length > 0
                  ? [{ label: 'Share result', run: `leaderboard share card:live-${round.id}` }]
                  : []),
              ],
            } satisfies Block,
          ]
        : []),
      { kind: 'note', text: 'Only you see this.' },
    ],
  };
}

async function placeText(round: LiveRound, asked: number, context: Context): Promise<string> {
  const { store, person } = context;
  const ranked = rankScores(
    await store.liveScores({ roundId: round.id, upTo: asked, personId: person.id }),
  );
  const own = ranked.find(({ personId }) => personId === person.id);
  if (!own) return `You haven't answered a closed question yet (${asked} so far).`;
  const shared = ranked.filter(({ place }) => place === own.place).length - 1;
  const hidden = person.isHidden
    ? " You're hidden from boards, so others don't see your place."
    : '';
  return `Place ${own.place} of ${ranked.length}${shared > 0 ? `, shared with ${countOf(shared, 'other')}` : ''}: ${own.right} correct, ${own.answered} of ${asked} answered.${hidden}`;
}

/** A quiz of the questions of a round that a person missed or did not answer; of all when there are none. */
export async function practiceLive(id: number | undefined, context: Context): Promise<Reply> {
  const { store, person, team, clock } = context;
  const { round } = await findLive(id, context);
  if (round.state !== 'ended')
    throw new UserError('You can practice these questions when the live round is over.');
  const right = new Set(
    (await store.liveAnswersOf(round.id, person.id))
      .filter(({ isRight }) => isRight)
      .map(({ number }) => number),
  );
  const asked = (await store.liveQuestionsOf(round.id)).filter(
    ({ number }) => number <= round.position,
  );
  const missed = asked.filter(({ number }) => !right.has(number));
  const list = missed.length > 0 ? missed : asked;
  if (list.length === 0)
    throw new UserError('This live round ended before its first question.', {
      buttons: [{ label: 'Start quiz', run: 'quiz' }],
    });
  const practice = await store.startPractice({
    personId: person.id,
    teamId: team.id,
    settings: { kind: 'quiz', mode: 'mixed', count: list.length },
    cards: list.map(({ questionId }) => cardOf(questionId)),
    at: clock.now(),
  });
  return showPractice(practice, context);
}
