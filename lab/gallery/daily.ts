import { type Entry, NUMERIC, ORDER, view, WEEK } from './entry.ts';

/** The daily question: its card, what follows it and what an admin does with it. */
export const DAILY: readonly Entry[] = [
  view('daily', 'card', 'Daily question, as everyone sees it', 'see channel Daily question'),
  view('daily', 'recap', 'The recap in its thread', ['jump 23h', 'go thread', 'see thread']),
  view('daily', 'history', 'Recent questions', '/daily history', WEEK),
  view('daily', 'skip-no-day', 'No such day', '/daily skip day:2026-13-40'),
  view('daily', 'skip-paused-next', 'No next day while paused', ['/daily pause', '/daily skip']),
  view('daily', 'unskip-late', 'A skip whose time has passed', [
    '/daily skip day:2026-12-24',
    'jump 2026-12-24 12:00',
    '/daily unskip day:2026-12-24',
  ]),
  view('daily', 'preview-paused', 'A preview while paused', ['/daily pause', '/daily preview']),
  view('daily', 'resume', 'Resumed', ['/daily pause', '/daily resume']),
  view(
    'daily fix',
    'correct-ask',
    'What will be correct, before it is',
    '/daily fix post:2 do:correct key:c note:"the key was wrong"',
  ),
  view('daily', 'now-failed', "Today's question failed, and is posted now", [
    'fault permission',
    'jump tomorrow 09:00',
    '/daily now',
  ]),
  view('daily', 'unknown', 'Unknown words', '/daily nonsense'),
  view(
    'daily fix',
    'correct-no-number-said',
    'A correction without a number',
    '/daily fix post:2 do:correct',
    NUMERIC,
  ),
  view('daily fix', 'correct-order', 'The key of an order', '/daily fix post:2 do:correct', ORDER),
  view('daily fix', 'unknown-post', 'No such question', '/daily fix post:999 do:restore'),
];
