import type { Setting } from './world.ts';

/** One view of the gallery: what to play until it shows. See `stage.ts` for the steps. */
export type Entry = {
  id: string;
  command: string;
  title: string;
  steps: readonly string[];
  setting?: Setting;
};

/** `view('daily', 'history', 'The last questions', '/daily history', WEEK)` is `/gallery/daily-history`. */
function view(
  command: string,
  name: string,
  title: string,
  steps: string | readonly string[],
  setting?: Setting,
): Entry {
  return {
    id: `${command.replaceAll(' ', '-')}-${name}`,
    command,
    title,
    steps: typeof steps === 'string' ? [steps] : steps,
    ...(setting ? { setting } : {}),
  };
}

/** Nothing is set up, and nobody has spoken yet. */
const BARE: Setting = { isBare: true };
/** A week of questions is behind the team. */
const WEEK: Setting = { days: 5 };
const NUMERIC: Setting = { format: 'numeric' };
const ORDER: Setting = { format: 'order' };
const MULTI: Setting = { format: 'multi' };

/** A mock interview whose first question is asked, and one that is answered. */
const ASKED = ['/mock 15 chapters:5', 'go thread', 'see thread', 'press Begin'];
const ANSWERED = [...ASKED, 'well'];
const GRADED = [...ANSWERED, 'press Go on', '/mock skip'];
const STRICT = ['/mock 15 chapters:5 style:strict', 'go thread', 'see thread', 'press Begin'];
const ENDED = [...GRADED, '/mock end'];

/** A peer interview: invited, with a room, and with its first question. */
const INVITED = ['/mock peer with:web:mira', 'as Mira', 'go direct', 'see direct'];
const ROOM = [...INVITED, 'press Let us', 'go thread', 'see thread'];
const FIRST_HALF = [...ROOM, 'press I am here', 'as You', 'see thread Peer', 'press I am here'];
const SWAPPED = [...FIRST_HALF, 'press Next question', 'press Swap roles'];
const FINISHED = [...FIRST_HALF, 'press Stop here'];

/** Every view of every command, in the order in which the gallery shows them. */
export const GALLERY: readonly Entry[] = [
  view('daily', 'card', 'The question of the day, as everybody sees it', 'see channel Question'),
  view('daily', 'today', 'The same question with my own options', '/daily'),
  view('daily', 'closed', 'A card when its question is over', ['jump 23h', 'see channel Question']),
  view('daily', 'recap', 'The recap in its thread', ['jump 23h', 'go thread', 'see thread']),
  view('daily', 'history', 'The last questions', '/daily history', WEEK),
  view('daily', 'preview', 'A preview for an admin', '/daily preview'),
  view('daily', 'now', 'A question out of turn', ['jump 2026-11-28 12:00', '/daily now']),
  view('daily', 'now-taken', 'One question a day', '/daily now'),
  view('daily', 'skip', 'A day off', '/daily skip day:2026-12-24'),
  view('daily', 'skip-no-day', 'No such day', '/daily skip day:2026-13-40'),
  view('daily', 'pause', 'Paused', '/daily pause'),
  view('daily', 'resume', 'On again', ['/daily pause', '/daily resume']),
  view(
    'daily',
    'withdraw',
    'Withdrawn by an admin',
    '/daily withdraw post:2 note:"two options are right"',
  ),
  view('daily', 'withdrawn-card', 'The card of a withdrawn question', [
    '/daily withdraw post:2',
    'see channel Question',
  ]),
  view('daily', 'withdrawn-told', 'What those who answered hear of it', [
    '/daily withdraw post:2 note:"two options are right"',
    'as Mira',
    'see direct',
  ]),
  view('daily', 'withdraw-twice', 'Withdrawn already', [
    '/daily withdraw post:2',
    '/daily withdraw post:2',
  ]),
  view(
    'daily',
    'correct',
    'A corrected key',
    '/daily correct post:2 key:a note:"the key was wrong"',
  ),
  view('daily', 'corrected-told', 'What those who answered hear of it', [
    '/daily correct post:2 key:a',
    'as Mira',
    'see direct',
  ]),
  view('daily', 'correct-no-key', 'A correction without a key', '/daily correct post:2'),
  view(
    'daily',
    'correct-letters',
    'Letters that the question does not have',
    '/daily correct post:2 key:z',
  ),
  view(
    'daily',
    'correct-no-number',
    'A key that is no number',
    '/daily correct post:2 key:many',
    NUMERIC,
  ),
  view('daily', 'correct-too-late', 'Corrected after it was withdrawn', [
    '/daily withdraw post:2',
    '/daily correct post:2 key:a',
  ]),
  view('daily', 'again', 'Posted again after a refusal', [
    'fault permission',
    'jump tomorrow 09:00',
    'see direct',
    'press Try again',
  ]),
  view('daily', 'again-nothing', 'Nothing to post again', '/daily again post:2'),
  view('daily', 'found', 'A doubtful post that is there', [
    'fault lost',
    'jump tomorrow 09:00',
    'see direct',
    'press It is there',
  ]),
  view('daily', 'found-before', 'Settled before', '/daily found post:2'),
  view('daily', 'refused', 'What an admin hears when a post is refused', [
    'fault permission',
    'jump tomorrow 09:00',
    'see direct',
  ]),
  view('daily', 'lost', 'What an admin is asked when no answer came', [
    'fault lost',
    'jump tomorrow 09:00',
    'see direct',
  ]),
  view('daily', 'nothing-open', 'No question is open', ['jump 23h', '/daily']),
  view('daily', 'not-set-up', 'Nothing is set up, to an admin', '/daily', BARE),
  view('daily', 'not-set-up-here', 'Nothing is set up, to others', ['as Mira', '/daily'], BARE),
  view('daily', 'no-history', 'No question yet', '/daily history', BARE),
  view('daily', 'no-schedule', 'Nothing to pause', '/daily pause', BARE),
  view('daily', 'unknown-schedule', 'No such schedule', '/daily pause schedule:99'),
  view('daily', 'several', 'Several schedules', [
    '/setup channel:#daily time:17:00',
    '/daily pause',
  ]),
  view('daily', 'unknown-post', 'No such question', '/daily withdraw post:999'),
  view('daily', 'not-admin', 'Only for admins', ['as Mira', '/daily pause']),
  view(
    'daily',
    'no-item',
    'A mix without questions',
    'says No question of the bank fits this mix. Change difficulties or chapters with setup.',
  ),
  view(
    'daily',
    'no-day',
    'A schedule that has ended',
    'says No day of this schedule is coming, so there is nothing to skip.',
  ),
  view('daily', 'no-day-on', 'On without a day', 'says On again, but no day is coming.'),
  view(
    'daily',
    'empty-slot',
    'A slot without a question',
    'says This slot has no question to withdraw.',
  ),
  view(
    'daily',
    'empty-slot-again',
    'A slot without a question to post',
    'says This slot has no question to post.',
  ),
  view('daily', 'schedule-gone', 'A deleted schedule', 'says This schedule is gone.'),

  view('answer', 'single', 'One right option', '/daily', { format: 'single' }),
  view('answer', 'multi', 'Several right options', '/daily', MULTI),
  view('answer', 'numeric', 'A number to type', '/daily', NUMERIC),
  view('answer', 'order', 'Steps to put in order', '/daily', ORDER),
  view('answer', 'right', 'Right at once', 'right'),
  view('answer', 'wrong', 'Wrong, with a second try', 'wrong'),
  view('answer', 'second', 'The second try', ['wrong', 'press Try again']),
  view('answer', 'failed', 'Wrong twice', ['wrong', 'press Try again', 'wrong']),
  view('answer', 'partly', 'Partly right', 'partly', MULTI),
  view('answer', 'done', 'Answered before', ['right', '/daily']),
  view('answer', 'practice', 'A closed question for practice', [
    'jump 23h',
    'see channel Question',
    'press Practise',
  ]),
  view('answer', 'practised', 'Practised', ['jump 23h', '/answer 2 choice:a']),
  view('answer', 'unknown', 'No such question', '/answer 999'),
  view('answer', 'withdrawn', 'A withdrawn question', ['/daily withdraw post:2', '/answer 2']),
  view('answer', 'no-option', 'No such option', '/answer 2 choice:x'),
  view(
    'answer',
    'no-content',
    'A post without content',
    "says Question 6 has no content. Type daily to see today's.",
  ),
  view(
    'answer number',
    'form',
    'The form for a number',
    ['/daily', 'press Type the number'],
    NUMERIC,
  ),
  view('answer number', 'right', 'The number is right', 'right', NUMERIC),
  view('answer number', 'wrong', 'The number is wrong', 'wrong', NUMERIC),
  view('answer number', 'unreadable', 'No number', '/answer number 2 value:lots', NUMERIC),
  view(
    'answer number',
    'not-numeric',
    'A question with options',
    '/answer number 2 value:5',
    MULTI,
  ),
  view('answer order', 'form', 'The form for an order', ['/daily', 'press Give the order'], ORDER),
  view('answer order', 'right', 'The order is right', 'right', ORDER),
  view('answer order', 'wrong', 'The order is wrong', 'wrong', ORDER),
  view('answer order', 'unreadable', 'A step is missing', '/answer order 2 letters:AAB', ORDER),
  view('answer hint', 'first', 'A hint', ['/daily', 'press Hint']),
  view('answer hint', 'all', 'Three hints', ['/daily', 'press Hint', 'press Hint', 'press Hint']),
  view('answer reveal', 'shown', 'The answer, which ends scoring', ['/daily', 'press Show me']),

  view('leaderboard', 'rank', "The team's board", ['right', '/leaderboard'], WEEK),
  view('leaderboard', 'week', 'This week', ['jump tomorrow 09:00', '/leaderboard week'], WEEK),
  view('leaderboard', 'month', 'This month', '/leaderboard month', WEEK),
  view('leaderboard', 'season', 'The season', '/leaderboard season', WEEK),
  view('leaderboard', 'all-time', 'Counts of all time', '/leaderboard all-time', WEEK),
  view('leaderboard', 'empty', 'Nobody has answered yet', '/leaderboard', BARE),
  view('why', 'score', 'Where my points come from', ['right', '/why'], WEEK),
  view('why', 'empty', 'No question yet', '/why', BARE),

  view('me', 'show', 'My numbers', ['right', '/me'], WEEK),
  view('me', 'hide', 'Off the boards', '/me hide'),
  view('me', 'unhide', 'On the boards again', ['/me hide', '/me unhide']),
  view('me', 'export', 'My data', ['right', '/me export']),
  view('me', 'delete', 'Really delete me?', '/me delete'),
  view('me', 'deleted', 'Forgotten', ['/me delete', 'press Delete me']),
  view('me', 'zone', 'My time zone', '/me zone Europe/Berlin'),
  view('me', 'zone-unknown', 'No such time zone', '/me action:zone zone:Atlantis'),

  view('setup', 'form', 'The form that sets it up', '/setup', BARE),
  view(
    'setup',
    'refused',
    'A form with a mistake',
    ['/setup', 'fill time=10:30; difficulty=impossible'],
    BARE,
  ),
  view(
    'setup',
    'panel',
    'Planned, with a preview',
    '/setup channel:#daily time:09:00 zone:Europe/Berlin',
    BARE,
  ),
  view(
    'setup',
    'missing',
    'Planned, with a missing permission',
    ['fault permission', '/setup channel:#daily'],
    BARE,
  ),
  view('setup', 'on', 'Turned on', ['/setup channel:#daily', 'press Turn on'], BARE),
  view(
    'setup',
    'not-on',
    'Not on for want of a permission',
    ['fault permission', '/setup channel:#daily', 'press Turn on'],
    BARE,
  ),
  view('setup', 'off', 'Turned off', '/setup off'),
  view('setup', 'change', 'Changed', '/setup change time:10:30'),
  view('setup', 'change-taken', 'An hour that is taken', [
    '/setup channel:#daily time:17:00',
    '/setup change schedule:1 time:17:00',
  ]),
  view('setup', 'check', 'Permissions', '/setup check'),
  view('setup', 'check-missing', 'A missing permission', ['fault permission', '/setup check']),
  view('setup', 'nothing', 'Nothing to change yet', '/setup change time:10:30', BARE),
  view('setup', 'unknown', 'No such schedule', '/setup change schedule:99 time:10:30'),
  view('setup', 'several', 'Several schedules', [
    '/setup channel:#daily time:17:00',
    '/setup change time:10:30',
  ]),
  view('setup', 'no-time', 'No such time', '/setup channel:#daily time:noonish'),
  view('setup', 'no-zone', 'No such zone', '/setup channel:#daily zone:Atlantis'),
  view('setup', 'no-weekday', 'No such day of the week', '/setup channel:#daily days:someday'),
  view('setup', 'no-days', 'No day at all', '/setup channel:#daily days:","'),
  view('setup', 'no-chapter', 'No such chapter', '/setup channel:#daily chapters:"5 40"'),
  view(
    'setup',
    'no-items',
    'A mix without questions',
    'says No question fits these difficulties and chapters. Choose more of them.',
  ),
  view('setup', 'not-saved', 'Not saved', 'says I could not save this schedule. Try again.'),
  view('status', 'on', 'A schedule that runs', '/status'),
  view('status', 'problems', 'What did not work', [
    'fault permission',
    'jump tomorrow 09:00',
    '/status',
  ]),
  view('status', 'empty', 'Nothing is set up', '/status', BARE),

  view('help', 'overview', 'What it can do', '/help'),
  view('help', 'topic', 'One command', '/help setup'),
  view('help', 'unknown', 'No such command', '/help juggle'),
  view('home', 'open', "Slack's App Home, with an open question", '/home'),
  view('home', 'done', "Slack's App Home, answered", ['right', '/home']),
  view('home', 'empty', "Slack's App Home, before anything is set up", ['as Mira', '/home'], BARE),

  view('search', 'found', 'Questions of the bank', '/search paged attention'),
  view('search', 'nothing', 'Nothing found', '/search xyzzyplugh'),
  view('search', 'form', 'A search without words', '/search'),
  view('chapters', 'all', 'Chapters and learning paths', '/chapters'),
  view('chapters', 'one', 'One chapter', '/chapters 5'),
  view(
    'chapters',
    'unknown',
    'No such chapter',
    'says There is no chapter 12. Type chapters to see them all.',
  ),
  view('question show', 'item', 'One question', ['/search paged attention', 'press Show 1']),
  view('question show', 'hint', 'With a hint', [
    '/search paged attention',
    'press Show 1',
    'press Hint',
  ]),
  view('question show', 'answer', 'With its answer', [
    '/search paged attention',
    'press Show 1',
    'press Show the answer',
  ]),
  view('question show', 'single', 'One right option', ['/chapters 5', 'press *'], {
    format: 'single',
  }),
  view('question show', 'multi', 'Several right options', ['/chapters 5', 'press *'], MULTI),
  view('question show', 'numeric', 'A number', ['/chapters 5', 'press *'], NUMERIC),
  view('question show', 'order', 'Steps to put in order', ['/chapters 5', 'press *'], ORDER),
  view('question show', 'open', 'A question to answer in words', ['/chapters 5', 'press *'], {
    format: 'open',
  }),
  view('question show', 'bug', 'A bug to find', ['/chapters 5', 'press *'], { format: 'bug' }),
  view('question show', 'scenario', 'A scenario in steps', ['/chapters 5', 'press *'], {
    format: 'scenario',
  }),
  view(
    'question show',
    'still-open',
    'The open question',
    "says This is the team's open question. Answer it first (type daily); then its answer is shown.",
  ),
  view('question show', 'unknown', 'No such question', '/question show c99-nothing'),

  view('mock', 'opened', 'An interview opens elsewhere', '/mock'),
  view('mock', 'intro', 'What an interview begins with', ['/mock 15', 'go thread', 'see thread']),
  view('mock', 'still-open', 'One interview at a time', ['/mock', '/mock']),
  view('mock', 'no-history', 'No interview yet', '/mock history'),
  view('mock', 'history', 'My interviews', [...ENDED, '/mock history']),
  view('mock', 'no-chapter', 'No such chapter', '/mock chapters:40'),
  view(
    'mock',
    'no-item',
    'Chapters without interview questions',
    'says The bank has no interview question for these chapters. Choose more of them, or none for all.',
  ),
  view('mock', 'peer', 'A colleague is asked', '/mock peer with:web:mira'),
  view('mock', 'peer-self', 'Alone', '/mock peer with:web:you'),
  view('mock', 'peer-unknown', 'Nobody of that name', '/mock peer with:zoe'),
  view('mock', 'peer-not-saved', 'Not opened', 'says I could not open the session. Try again.'),
  view('mock', 'lobby', 'In the lobby', '/mock lobby level:medium'),
  view('mock', 'lobby-hours', 'Hours that nobody can read', '/mock lobby hours:"after lunch"'),
  view('mock', 'calibrate', 'A sample answer to grade', '/mock calibrate'),
  view('mock go', 'question', 'The first question', ASKED),
  view('mock go', 'follow-up', 'A follow-up', [
    ...ASKED,
    '/mock answer text:"Prefill reads the whole prompt."',
    'press Go on',
  ]),
  view('mock go', 'feedback', 'Feedback after a question', GRADED),
  view('mock go', 'strict', 'On to the next, without feedback', [
    ...STRICT,
    'well',
    'press Go on',
    '/mock skip',
  ]),
  view('mock go', 'time-over', 'The time is over', [...GRADED, 'jump 20m', '/mock go']),
  view('mock go', 'none', 'No interview is open', '/mock go'),
  view('mock go', 'gone', 'A deleted interview', '/mock go interview:99'),
  view('mock go', 'not-mine', "Somebody else's interview", [
    ...ASKED,
    'as Mira',
    '/mock go interview:1',
  ]),
  view('mock answer', 'form', 'The form for an answer', [...ASKED, 'press Answer']),
  view('mock answer', 'given', 'An answer that can be taken back', ANSWERED),
  view('mock answer', 'heard', 'An answer written as a message', [
    ...ASKED,
    '"Keys and values of past tokens are kept, so each new token reads them once."',
    'see thread',
  ]),
  view('mock answer', 'used', 'A message used as an answer', [
    ...ASKED,
    'go channel',
    '"The cache trades memory for not computing keys and values again."',
    'use Use as my answer',
  ]),
  view('mock answer', 'twice', 'Answered already', [...ANSWERED, '/mock answer text:"Once more"']),
  view('mock answer', 'empty', 'An empty answer', [...ASKED, '/mock answer text:"  "']),
  view('mock back', 'taken', 'Taken back', [...ANSWERED, 'press Take it back']),
  view('mock hint', 'first', 'A hint', [...ASKED, 'press Hint']),
  view('mock skip', 'skipped', 'Skipped', [...ASKED, 'press Skip']),
  view('mock pause', 'paused', 'Paused', [...ASKED, 'press Pause']),
  view('mock resume', 'resumed', 'Resumed', [...ASKED, 'press Pause', 'press Resume']),
  view('mock time', 'extended', 'Ten more minutes', [
    ...GRADED,
    'jump 20m',
    '/mock go',
    'press Ten more',
  ]),
  view('mock time', 'off', 'No timer', [...GRADED, 'jump 20m', '/mock go', 'press No timer']),
  view('mock show', 'present', 'Where it stands', [...ASKED, '/mock show']),
  view('mock show', 'over', 'An interview that is over', [...ENDED, '/mock show interview:1']),
  view('mock end', 'report', 'The report', ENDED),
  view('mock end', 'early', 'Ended before the first question', ['/mock', '/mock end']),
  view('mock end', 'idle', 'Closed after a quiet week', [
    ...ASKED,
    'jump 8 days',
    'see here Closed',
  ]),
  view('mock report', 'again', 'The report, read again', [...ENDED, '/mock report interview:1']),
  view('mock report', 'none', 'No such interview', '/mock report interview:99'),
  view('mock model', 'answer', 'The model answer', [...GRADED, 'press Model answer']),
  view('mock model', 'too-early', 'Before answering', [...ASKED, '/mock model interview:1 item:1']),
  view('mock model', 'not-asked', 'A question that was not asked', [
    ...ASKED,
    '/mock model interview:1 item:9',
  ]),
  view('mock tick', 'ticked', 'Points claimed by one’s own word', [
    ...GRADED,
    '/mock tick interview:1 item:1 points:kv-heads',
  ]),
  view('mock contest', 'choose', 'A verdict is wrong', [...GRADED, 'press A verdict']),
  view('mock contest', 'unknown', 'No such point', [
    ...GRADED,
    '/mock contest interview:1 item:1 point:none',
  ]),
  view('mock contest', 'consent', 'May the authors read it?', [
    ...GRADED,
    'press A verdict',
    'choose *',
  ]),
  view('mock contest', 'shared', 'A wording for the authors', [
    ...GRADED,
    'press A verdict',
    'choose *',
    'press Yes',
  ]),
  view('mock contest', 'kept', 'A wording that is kept', [
    ...GRADED,
    'press A verdict',
    'choose *',
    'press No',
  ]),
  view('mock share', 'ask', 'Really show it?', [...ENDED, 'press Share']),
  view('mock share', 'done', 'On its way to the channel', [
    ...ENDED,
    'press Share',
    'press Show it',
  ]),
  view('mock share', 'shared', 'A report in the channel', [
    ...ENDED,
    'press Share',
    'press Show it',
    'see channel Mock interview',
  ]),
  view('mock share', 'gone', 'A deleted interview', 'says This interview is gone.'),
  view('mock delete', 'ask', 'Really delete it?', [...ENDED, '/mock delete interview:1']),
  view('mock delete', 'done', 'Deleted', [...ENDED, '/mock delete interview:1 confirm:yes']),
  view('mock grade', 'same', 'Graded like the reference', ['/mock calibrate', 'press 3']),
  view('mock grade', 'other', 'Graded otherwise', ['/mock calibrate', 'press 0']),
  view('mock grade', 'gone', 'A sample that is gone', '/mock grade sample:none grade:3'),

  view('peer accept', 'invited', 'An invitation', INVITED),
  view('peer accept', 'accepted', 'Accepted', [...INVITED, 'press Let us']),
  view('peer accept', 'own', 'My own invitation', [
    '/mock peer with:web:mira',
    '/peer accept session:1',
  ]),
  view('peer accept', 'twice', 'Accepted before', [
    ...INVITED,
    '/peer accept session:1',
    '/peer accept session:1',
  ]),
  view('peer accept', 'gone', 'A deleted session', '/peer accept session:99'),
  view('peer accept', 'other', 'Not one of the two', [
    ...INVITED,
    'as Wei',
    '/peer accept session:1',
  ]),
  view('peer decline', 'declined', 'Declined', [...INVITED, 'press Not now']),
  view('peer decline', 'told', 'What the other hears', [
    ...INVITED,
    'press Not now',
    'as You',
    'see direct',
  ]),
  view('peer decline', 'twice', 'Declined before', [
    ...INVITED,
    '/peer decline session:1',
    '/peer decline session:1',
  ]),
  view('peer here', 'room', 'The room of a peer interview', ROOM),
  view('peer here', 'one', 'One is there', [...ROOM, 'press I am here']),
  view('peer here', 'both', 'Both are there', FIRST_HALF),
  view('peer panel', 'panel', "The interviewer's panel", [...FIRST_HALF, 'press Panel']),
  view('peer panel', 'hint', 'With a hint to give', [...FIRST_HALF, 'press Panel', 'press A hint']),
  view('peer panel', 'not-yours', 'The panel of the other', [
    ...FIRST_HALF,
    'as Mira',
    'press Panel',
  ]),
  view('peer panel', 'too-early', 'Nothing is asked yet', [...ROOM, '/peer panel session:1']),
  view('peer mark', 'not-yours', 'A mark for a question of the other', [
    ...FIRST_HALF,
    '/peer mark session:1 question:none dimension:depth mark:3',
  ]),
  view('peer next', 'waiting', 'Not both are there', [...ROOM, '/peer next session:1 at:0 half:1']),
  view('peer mark', 'marked', 'A mark', [...FIRST_HALF, 'press Panel', 'choose 3']),
  view('peer note', 'form', 'The form for a note', [...FIRST_HALF, 'press Panel', 'press Note']),
  view('peer note', 'noted', 'A note', [
    ...FIRST_HALF,
    'press Panel',
    'press Note',
    'fill note=clear start',
  ]),
  view('peer next', 'next', 'The next question', [...FIRST_HALF, 'press Next question']),
  view('peer next', 'swapped', 'Roles swapped', SWAPPED),
  view('peer next', 'not-yours', 'Only the interviewer moves on', [
    ...FIRST_HALF,
    'as Mira',
    'press Next question',
  ]),
  view('peer stop', 'finished', 'Time for feedback', FINISHED),
  view('peer feedback', 'form', 'The form for feedback', [...FINISHED, 'press Give feedback']),
  view('peer feedback', 'first', 'The first form is there', [
    ...FINISHED,
    'press Give feedback',
    'fill overall=3; well=clear; better=numbers',
  ]),
  view('peer feedback', 'both', 'Both forms are there', [
    ...FINISHED,
    'press Give feedback',
    'fill overall=3; well=clear; better=numbers',
    'as Mira',
    '/peer feedback session:1 overall:4 well:calm better:faster',
  ]),
  view('peer feedback', 'told', 'What the other wrote', [
    ...FINISHED,
    'press Give feedback',
    'fill overall=3; well=clear; better=numbers',
    'as Mira',
    '/peer feedback session:1 overall:4 well:calm better:faster',
    'see direct Feedback',
  ]),
  view('peer feedback', 'too-early', 'Before the end', [
    ...FIRST_HALF,
    '/peer feedback session:1 overall:3 well:clear better:numbers',
  ]),
  view('peer here', 'waited', 'The partner has not come', [
    ...ROOM,
    'as You',
    '/peer here session:1',
    'jump 1h',
    'see direct Your partner',
  ]),
  view('peer here', 'missed', 'Missed', [
    ...ROOM,
    'as You',
    '/peer here session:1',
    'jump 1h',
    'as Mira',
    'see direct Did you miss',
  ]),
  view('peer leave', 'left', 'Out of the lobby', ['/mock lobby', 'press Leave the lobby']),

  view('any', 'unknown', 'No such command', '/juggle three models'),
  view('any', 'nearly', 'A misspelled command', '/dayly'),
  view('any', 'extra', 'Words that belong nowhere', '/status of everything'),
  view('any', 'no-option', 'An option that it does not have', '/daily --colour red'),
  view('any', 'wrong-value', 'A value that does not fit', '/daily withdraw post:many'),
  view('any', 'busy', 'Too much at once', 'says That was a lot at once. Try again in 12 seconds.'),
  view(
    'any',
    'database',
    'A busy database',
    'says The database is busy and nothing was changed. Try again in a moment. (Reference 4f2a91)',
  ),
  view(
    'any',
    'failed',
    'Something failed',
    'says Something went wrong on my side, and nothing was changed. Try again; if it stays, tell whoever runs me the reference 4f2a91.',
  ),
  view(
    'any',
    'old-button',
    'A button of long ago',
    'says This button is too old for me to read. Type help to see what I can do.',
  ),
  view(
    'any',
    'no-question',
    'A day without a fitting question',
    'says I could not post today: no question of the bank fits its difficulties and chapters. Change them with setup.',
  ),
];
