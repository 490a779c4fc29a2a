import { describe, expect, test } from 'vitest';
import { readCatalog } from '../src/catalog.ts';
import { itemReport } from '../src/core/interview/item-report.ts';
import { next } from '../src/core/interview/session.ts';
import { beginning } from '../src/core/interview/state.ts';
import { isScored, letterOf } from '../src/core/questions/check-answer.ts';
import type { Question } from '../src/core/questions/schema.ts';
import { answeredItemCard, hintedItemCard, itemCard } from '../src/features/bank/cards.ts';
import { closedCard, dailyCard, withdrawnCard } from '../src/features/daily/daily-card.ts';
import {
  closedFreeTextCard,
  freeTextCard,
  ownAnswerCard,
  unansweredCard,
} from '../src/features/daily/free-text-card.ts';
import { answersCard, keyPointsCard, PAGE } from '../src/features/daily/free-text-recap.ts';
import { recapCard } from '../src/features/daily/recap-card.ts';
import { answeredCard, askCard } from '../src/features/interview/cards.ts';
import { feedbackCard } from '../src/features/interview/feedback.ts';
import { answerCard, wrongCard } from '../src/session/answer-card.ts';
import { promptBlocks } from '../src/session/question-card.ts';
import { solutionBlocks } from '../src/session/solution.ts';
import type { Reply } from '../src/spine/reply.ts';
import { replyProblems } from './support/reply-problems.ts';

const { catalog } = readCatalog();

/** Every way in which an item is shown to somebody. */
function viewsOf(question: Question): [string, Reply][] {
  const chapter = catalog.chapter(question.chapter);
  const views: [string, Reply][] = [
    ['item', itemCard(question, chapter)],
    ['hinted', hintedItemCard(question, 3, chapter)],
    ['answered', answeredItemCard(question, chapter)],
  ];
  if (isScored(question)) {
    const post = { id: 123456, question, closesAt: null };
    const letters =
      'options' in question ? question.options.map((_, index) => letterOf(index)) : ['a'];
    views.push(
      ['daily', dailyCard(post, chapter)],
      ['closed', closedCard(post, 1234, chapter)],
      ['withdrawn', withdrawnCard(question, 'a note of some length about what was wrong')],
      ['answering', answerCard({ post, seed: 'x', next: 1, hints: 3 })],
      [
        'wrong',
        wrongCard({ post, order: letters, hints: 1, answer: letters.join(','), share: 0.5 }),
      ],
      [
        'finished',
        {
          title: 'Correct: +20 points',
          blocks: [...promptBlocks(question), ...solutionBlocks(question, chapter)],
        },
      ],
      [
        'recap',
        recapCard(
          post,
          letters.map((answer) => ({ answer, count: 12, isRight: false })),
        ),
      ],
    );
  }
  if ('keyPoints' in question) views.push(...interviewViews(question), ...wordsViews(question));
  return views;
}

function interviewViews(question: Extract<Question, { keyPoints: unknown }>): [string, Reply][] {
  const at = new Date('2026-03-02T09:00:00Z');
  const plan = {
    questions: [{ questionId: question.id, round: 'core' as const }],
    minutes: 30,
    style: 'coaching' as const,
  };
  const asking = next(
    next(beginning(plan), { kind: 'asked' }, at),
    { kind: 'hinted', number: 3 },
    at,
  );
  const answered = next(asking, { kind: 'answered', text: question.modelAnswer }, at);
  const grade = catalog.grade(question, question.modelAnswer);
  const graded = next(answered, { kind: 'graded', grade }, at);
  const [item] = graded.items;
  if (!item) return [];
  const report = itemReport(item, question);
  const card = { interview: 12345, at: 12 };
  return [
    ['asked', askCard(asking, question, card)],
    ['given', answeredCard(answered, card)],
    ['feedback', feedbackCard(report, 0, card, { isLast: false, state: graded })],
  ];
}

/** The open question of the week, with the longest answers and names that are shown. */
function wordsViews(question: Extract<Question, { keyPoints: unknown }>): [string, Reply][] {
  const chapter = catalog.chapter(question.chapter);
  const at = new Date('2026-03-02T09:00:00Z');
  const post = { id: 123456, question, closesAt: null };
  const grade = catalog.grade(question, 'I do not know.');
  const text = `${question.modelAnswer} ${'*_`~|<@everyone> '.repeat(20)}`;
  const own = { text, grade, ticked: [], unticked: [], isShown: true, number: 1 };
  const answers = Array.from({ length: PAGE }, (_, index) => ({
    ...own,
    id: index,
    postId: post.id,
    personId: `p${index}`,
    number: index + 1,
    at,
    name: 'A name that is as long as a name can be, which is sixty'.padEnd(60, 'x'),
    isHidden: false,
    votes: 12,
  }));
  const note = 'It counted for your streak and gave no points. Only you see this.';
  return [
    ['in words', freeTextCard(post, chapter)],
    ['in words, closed', closedFreeTextCard(post, 1234, chapter)],
    ['in words, unanswered', unansweredCard(post, note)],
    ['own, open', ownAnswerCard(post, own, { state: 'open', note })],
    ['own, closed', ownAnswerCard(post, own, { state: 'closed', note })],
    ['own, practice', ownAnswerCard(post, own, { state: 'practice', note })],
    ['key points', keyPointsCard(post, answers, { isOver: false, chapter })],
    ['best answers', keyPointsCard(post, answers, { isOver: true, chapter })],
    ['answers', answersCard(post.id, answers, { page: 0, votesUntil: at, isOver: false })],
    ['answers, counted', answersCard(post.id, answers, { page: 0, votesUntil: at, isOver: true })],
  ];
}

describe.each(catalog.chapters.filter(({ number }) => number < 12))(
  'chapter $number',
  ({ number }) => {
    test('every item stays inside every limit, in every view, on every platform', () => {
      const problems = catalog.questions
        .filter(({ chapter }) => chapter === number)
        .flatMap((question) =>
          viewsOf(question).flatMap(([view, reply]) =>
            replyProblems(reply).map((problem) => `${question.id} ${view}: ${problem}`),
          ),
        );

      expect(problems).toEqual([]);
    });
  },
);
