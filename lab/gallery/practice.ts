import { type Entry, view } from './entry.ts';

const QUIZ = '/quiz chapter:3 count:2 difficulty:easy';
/** A quiz with its solutions shown, so that all of it comes back. */
const MISSED = [
  QUIZ,
  'press Show solution',
  'press Next question',
  'press Show solution',
  'press See results',
];
const NEXT_DAYS = [...MISSED, 'jump 48h'];

/** Quizzes, reviews and what they say of cards. */
export const PRACTICE: readonly Entry[] = [
  view('quiz', 'continued', 'A quiz goes on', [QUIZ, 'press Show solution', '/quiz']),
  view('quiz', 'exam-results', 'The results of an exam', [
    '/quiz chapter:3 count:2 mode:exam',
    'press Skip',
    'press Skip',
  ]),
  view('quiz', 'no-mistakes', 'No mistakes to practice', '/quiz mode:mistakes'),
  view('quiz', 'weakest', 'The weakest chapters', [...MISSED, '/quiz mode:weakest']),
  view('practice answer', 'gone', 'A quiz that is gone', '/practice answer in:99 step:1 choice:a'),
  view('practice number', 'form', 'The form for a number', [
    '/question later id:c5-max-sequences',
    '/review',
    'press Enter number',
  ]),
  view('practice order', 'form', 'The form for an order', [
    '/question later id:c5-request-life',
    '/review',
    'press Enter order',
  ]),
  view('practice bring', 'back', 'A card that is asked today after all', [
    ...NEXT_DAYS,
    '/review',
    'press Not today',
    'press Ask it today',
  ]),
  view('practice hint', 'first', 'A hint', [QUIZ, 'press Hint']),
  view('practice solution', 'shown', 'The solution', [QUIZ, 'press Show solution']),
  view('practice show', 'solution', 'A solution from the results', [
    ...MISSED,
    '/practice show in:1 step:1',
  ]),
  view('practice end', 'review', 'The end of a review', [
    ...NEXT_DAYS,
    '/review',
    'press Show solution',
    'press Next question',
    'press End review',
  ]),
  view('practice card', 'undo', 'An answer that is undone', [
    QUIZ,
    'press Show solution',
    'press Undo',
  ]),
  view('practice words', 'form', 'The form for an answer in words', [
    '/question later id:c5-explain-two-phases',
    '/review',
    'press Answer',
  ]),
  view('practice mark', 'marked', 'Points marked by their writer', [
    '/question later id:c5-explain-two-phases',
    '/review',
    'press Answer',
    'fill text="Prefill processes all prompt tokens in parallel and is limited by compute."',
    '/practice mark in:1 step:1 points:decode-bound',
  ]),
  view('review', 'limit', 'Cards a day', '/review cards:10'),
  view('review', 'suspended', 'Suspended cards', [
    ...NEXT_DAYS,
    '/review cards:1',
    '/review',
    'press Show solution',
    '/practice card in:2 step:1 do:suspend',
    'jump 24h',
    '/review more:1',
    'press Show solution',
    '/practice card in:3 step:1 do:suspend',
    '/review',
  ]),
];
