import { sql } from 'drizzle-orm';
import {
  customType,
  index,
  integer,
  primaryKey,
  real,
  type SQLiteColumn,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { Drawn } from '../core/cases/draw.ts';
import type { CaseEvent } from '../core/cases/play.ts';
import type { Grade } from '../core/grading/types.ts';
import type { MatchPreferences } from '../core/interview/matching.ts';
import type { InterviewPlan, Turn } from '../core/interview/state.ts';
import type { LiveSettings, LiveState } from '../core/live/round.ts';
import type { Recall } from '../core/practice/memory.ts';
import type { PracticeSettings, PracticeState } from '../core/practice/session.ts';
import type { Mix } from '../core/questions/choose.ts';
import type { ChoiceQuestion, Question } from '../core/questions/schema.ts';
import type { Draft } from '../core/questions/team-form.ts';
import { type Day, dayNumber, dayOfNumber, type Period } from '../core/time.ts';
import type { Outgoing } from '../spine/platform.ts';
import type { Text } from '../spine/reply.ts';
import type { PlatformName, Value } from '../spine/request.ts';

const instant = (name: string) => integer(name, { mode: 'timestamp_ms' });
const flag = (name: string) => integer(name, { mode: 'boolean' });
/** Boards begin with the most, and equal ones stand in the order of their ids. */
const descending = (column: SQLiteColumn) => sql`${column} desc`;

/** A text with its spans as JSON; plain words are stored as they are. */
const words = customType<{ data: Text; driverData: string }>({
  dataType: () => 'text',
  toDriver: (text) =>
    typeof text === 'string' && !JSON_START.test(text) ? text : JSON.stringify(text),
  fromDriver: (stored) => (JSON_START.test(stored) ? JSON.parse(stored) : stored),
});

const JSON_START = /^[[{"]/;

/** People are ours; `accounts` says who they are on a platform. */
export const people = sqliteTable('people', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** Not shown on boards, by the person's own choice. */
  isHidden: flag('is_hidden').notNull().default(false),
  zone: text('zone'),
  /** Cards that estimates assume, such as `2xrtx-4090`. */
  gpu: text('gpu'),
  /** The most cards that a day of review asks. */
  dailyCards: integer('daily_cards').notNull().default(20),
  createdAt: instant('created_at').notNull(),
  /** Set when the person was told who sees what. */
  greetedAt: instant('greeted_at'),
});

export const accounts = sqliteTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
  },
  (table) => [index('accounts_person').on(table.personId)],
);

export const teams = sqliteTable('teams', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  zone: text('zone').notNull().default('UTC'),
  /** Cards that estimates assume for those who named none of their own. */
  gpu: text('gpu'),
  createdAt: instant('created_at').notNull(),
  /** Grows with every change of the team's own questions: whoever keeps a copy knows when it is old. */
  overlayChange: integer('overlay_change').notNull().default(0),
  /** What boards show of people: their names, each person their own place alone, or nothing. */
  boards: text('boards').$type<Boards>().notNull().default('names'),
  /** The first day of the latest season whose badges are given. */
  seasonEnded: text('season_ended'),
  /** The name of the examiner that an admin turned on; another one is off until it is turned on itself. */
  examiner: text('examiner'),
});

export type Boards = 'names' | 'places' | 'off';

export const workspaces = sqliteTable(
  'workspaces',
  {
    id: text('id').primaryKey(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    /** Set when the bot was removed; its schedules stand still, and some weeks later all of it goes. */
    leftAt: instant('left_at'),
    /** Set while the person who hosts the bot keeps it from working there. */
    stoppedAt: instant('stopped_at'),
  },
  (table) => [index('workspaces_team').on(table.teamId), index('workspaces_left').on(table.leftAt)],
);

/** When the bot was removed from a workspace or came back, and when its host stopped or started it there. */
export const workspaceChanges = sqliteTable(
  'workspace_changes',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    what: text('what').$type<'left' | 'returned' | 'stopped' | 'started'>().notNull(),
    /** Why, in the words of the host. */
    note: text('note'),
    at: instant('at').notNull(),
  },
  (table) => [
    index('workspace_changes_workspace').on(table.workspaceId, table.id),
    index('workspace_changes_old').on(table.at),
  ],
);

/**
 * Where the app was installed with a token of its own. Not linked to `workspaces`: it is installed before
 * anybody speaks there, and an organization is none.
 */
export const slackInstallations = sqliteTable(
  'slack_installations',
  {
    /** A workspace or an organization, such as `slack:T1` or `slack:E1`. */
    id: text('id').primaryKey(),
    /** The organization whose installation reaches this workspace. */
    organization: text('organization'),
    /** The tokens and what belongs to them, encrypted; null where only the organization has some. */
    sealed: text('sealed'),
    installedAt: instant('installed_at').notNull(),
    /** When the tokens were last replaced. */
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [index('slack_installations_organization').on(table.organization)],
);

/** The workspaces in which a person was met; in direct messages they act in the team of one of them. */
export const memberships = sqliteTable(
  'memberships',
  {
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** When the person chose it for direct messages; at most one is chosen. */
    chosenAt: instant('chosen_at'),
  },
  (table) => [
    primaryKey({ columns: [table.personId, table.workspaceId] }),
    index('memberships_workspace').on(table.workspaceId),
  ],
);

export const schedules = sqliteTable(
  'schedules',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    platform: text('platform').$type<PlatformName>().notNull(),
    channel: text('channel').notNull(),
    /** Local time of day, `HH:MM`. */
    time: text('time').notNull(),
    zone: text('zone').notNull(),
    /** ISO weekdays, such as `12345`. */
    days: text('days').notNull(),
    mix: text('mix', { mode: 'json' }).$type<Mix>().notNull(),
    /** When a question closes: 23 hours after its post, or when the next one posts. */
    closes: text('closes').$type<'hours' | 'next'>().notNull().default('hours'),
    /** ISO weekday whose question is answered in words, without points; none when null. */
    freeTextDay: integer('free_text_day'),
    /** A draft was planned and never turned on; what is deleted stays for its posts alone. */
    state: text('state').$type<'draft' | 'on' | 'paused' | 'off' | 'deleted'>().notNull(),
    /** Days without a question, such as holidays. */
    daysOff: text('days_off', { mode: 'json' }).$type<string[]>().notNull(),
    /** The first local day that may have a post. */
    startsOn: text('starts_on').notNull(),
    /** Who set it up, and hears of failures. */
    keeperId: text('keeper_id').references(() => people.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
    /** Nothing of it falls due before; in the far past when that has to be worked out by the next tick. */
    nextDueAt: instant('next_due_at').notNull().default(sql`0`),
  },
  (table) => [
    index('schedules_team').on(table.teamId),
    index('schedules_due').on(table.state, table.nextDueAt),
    index('schedules_keeper').on(table.keeperId),
    uniqueIndex('schedules_channel').on(table.platform, table.channel, table.time, table.teamId),
  ],
);

/** What admins changed of a team's settings, as its admins read it; it goes with the person who did. */
export const settingChanges = sqliteTable(
  'setting_changes',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** The number of the schedule, which may be deleted since; null for a setting of the whole team. */
    schedule: integer('schedule'),
    /** Such as `time`; the values of a `channel` are its ids. */
    setting: text('setting').notNull(),
    before: text('before').notNull(),
    after: text('after').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    index('setting_changes_team').on(table.teamId, table.id),
    index('setting_changes_person').on(table.personId),
    index('setting_changes_old').on(table.at),
  ],
);

/** `claimed` is not sent yet; `lost` may have been sent; `missed` and `failed` were not. */
export type PostState = 'claimed' | 'posted' | 'lost' | 'missed' | 'failed' | 'withdrawn';

/** One slot of a schedule: at most one for each local day. */
export const posts = sqliteTable(
  'posts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    scheduleId: integer('schedule_id')
      .notNull()
      .references(() => schedules.id, { onDelete: 'cascade' }),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    day: text('day').notNull(),
    state: text('state').$type<PostState>().notNull(),
    /** The item as it was when it was posted; answers are bound to it. */
    question: text('question', { mode: 'json' }).$type<Question>(),
    questionId: text('question_id'),
    /** The chapter of the item. */
    chapter: integer('chapter'),
    /** False for a question that is answered in words: it keeps the streak and gives no points. */
    isRated: flag('is_rated').notNull().default(true),
    platform: text('platform').$type<PlatformName>().notNull(),
    channel: text('channel').notNull(),
    message: text('message'),
    thread: text('thread'),
    dueAt: instant('due_at').notNull(),
    postedAt: instant('posted_at'),
    closesAt: instant('closes_at'),
    closedAt: instant('closed_at'),
    /** The day of its close in the zone of the team: the week and the month in which its points count. */
    closedOn: text('closed_on'),
    problem: words('problem'),
  },
  (table) => [
    uniqueIndex('posts_slot').on(table.scheduleId, table.day),
    // The long text of an item is not read to learn what a question was to somebody.
    index('posts_team').on(
      table.teamId,
      table.postedAt,
      table.state,
      table.isRated,
      table.closedAt,
    ),
    index('posts_open').on(table.closesAt).where(sql`closed_at is null`),
  ],
);

/** One row a try; the first to arrive counts. */
export const attempts = sqliteTable(
  'attempts',
  {
    postId: integer('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    try: integer('try').notNull(),
    answer: text('answer').notNull(),
    isRight: flag('is_right').notNull(),
    /** In thousandths, so that sums stay exact. */
    share: integer('share').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.postId, table.personId, table.try] }),
    index('attempts_person').on(table.personId, table.try, table.postId, table.isRight),
  ],
);

/** Hints opened and solutions shown, each once. */
export const aids = sqliteTable(
  'aids',
  {
    postId: integer('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'hint' | 'reveal'>().notNull(),
    number: integer('number').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.postId, table.personId, table.kind, table.number] }),
    index('aids_person').on(table.personId),
  ],
);

/** What somebody said to a question that is answered in words; a later answer replaces it. */
export const freeTextAnswers = sqliteTable(
  'free_text_answers',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    postId: integer('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    text: text('text').notNull(),
    grade: text('grade', { mode: 'json' }).$type<Grade>().notNull(),
    /** Key points that the person says were in it; they count nowhere else. */
    ticked: text('ticked', { mode: 'json' }).$type<string[]>().notNull(),
    /** False when its author does not want it shown after the close. */
    isShown: flag('is_shown').notNull().default(true),
    /** Its place among the answers that were shown together, from 1; null before. */
    number: integer('number'),
    at: instant('at').notNull(),
  },
  (table) => [
    uniqueIndex('free_text_answers_once').on(table.postId, table.personId),
    uniqueIndex('free_text_answers_number').on(table.postId, table.number),
    index('free_text_answers_person').on(table.personId),
  ],
);

/** One vote a person for the best answer to a question; it can move. */
export const votes = sqliteTable(
  'votes',
  {
    postId: integer('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    answerId: integer('answer_id')
      .notNull()
      .references(() => freeTextAnswers.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.postId, table.personId] }),
    index('votes_answer').on(table.answerId),
    index('votes_person').on(table.personId),
  ],
);

/** Answers that are shown together: until when they can be voted for, and when they are drawn again. */
export const reveals = sqliteTable(
  'reveals',
  {
    postId: integer('post_id')
      .primaryKey()
      .references(() => posts.id, { onDelete: 'cascade' }),
    votesUntil: instant('votes_until').notNull(),
    /** Null when nothing will change by itself. */
    dueAt: instant('due_at'),
    /** How often it was drawn again. */
    draws: integer('draws').notNull().default(0),
  },
  (table) => [index('reveals_due').on(table.dueAt)],
);

/** Append-only: every point that was ever given or taken back. The boards follow from it. */
export const ledger = sqliteTable(
  'ledger',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** What the line is for; a second line with the same key is the same line. */
    key: text('key').notNull().unique(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    postId: integer('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    quarters: integer('quarters').notNull(),
    /** For whoever asks why: `first try, 1 hint`. */
    reason: text('reason').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    index('ledger_person').on(table.teamId, table.personId, table.postId),
    index('ledger_post').on(table.postId, table.personId),
    // Forgetting somebody knows the person alone.
    index('ledger_owner').on(table.personId),
  ],
);

/** Groups inside a team that compete with each other; one goes with its last member. */
export const groups = sqliteTable(
  'groups',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
  },
  (table) => [uniqueIndex('groups_name').on(table.teamId, table.name)],
);

/** Who is in which group: one at most in each team. */
export const groupMembers = sqliteTable(
  'group_members',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    groupId: integer('group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.personId] }),
    index('group_members_group').on(table.groupId),
    index('group_members_person').on(table.personId),
  ],
);

/** Who had the highest rank score at the last question of a season that is over; ties share it. */
export const badges = sqliteTable(
  'badges',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    /** The first day of the season. */
    season: text('season').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    quarters: integer('quarters').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.season, table.personId] }),
    index('badges_person').on(table.personId),
  ],
);

/** The rank score and the totals of each member, kept beside the ledger so that a board is one short read. */
export const standings = sqliteTable(
  'standings',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    quarters: integer('quarters').notNull(),
    /** Posted questions that were answered, without withdrawn ones. */
    answered: integer('answered').notNull().default(0),
    /** Those of them that were right on the first try. */
    firstTry: integer('first_try').notNull().default(0),
    isHidden: flag('is_hidden').notNull().default(false),
    /** The group of the member, as `group_members` has it. */
    groupId: integer('group_id'),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.personId] }),
    index('standings_group')
      .on(table.groupId, table.isHidden, descending(table.quarters))
      .where(sql`group_id is not null`),
    index('standings_rank').on(
      table.teamId,
      table.isHidden,
      descending(table.quarters),
      table.personId,
    ),
    index('standings_answered').on(
      table.teamId,
      table.isHidden,
      descending(table.answered),
      table.personId,
    ),
    index('standings_person').on(table.personId),
  ],
);

/**
 * Points of the questions that closed in a week or a month, and of those of one chapter in a season, for everybody
 * who has a line on one of them.
 */
export const sums = sqliteTable(
  'sums',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    period: text('period').$type<Period>().notNull(),
    /** The first day of the period. */
    startsOn: text('starts_on').notNull(),
    /** 0 where all chapters count. */
    chapter: integer('chapter').notNull().default(0),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    quarters: integer('quarters').notNull(),
    /** Questions with a line of this person; the row goes with the last of them. */
    questions: integer('questions').notNull(),
    isHidden: flag('is_hidden').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.teamId, table.period, table.startsOn, table.chapter, table.personId],
    }),
    index('sums_rank').on(
      table.teamId,
      table.period,
      table.startsOn,
      table.chapter,
      table.isHidden,
      descending(table.quarters),
      table.personId,
    ),
    index('sums_person').on(table.personId),
  ],
);

/** People who do not compete on one question: they knew its answer. */
export const unranked = sqliteTable(
  'unranked',
  {
    questionId: text('question_id').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.questionId, table.personId] }),
    index('unranked_person').on(table.personId),
  ],
);

/** A calendar day as the number of days since 1 January 1970, so that a query can subtract two of them. */
const calendarDay = customType<{ data: Day; driverData: number }>({
  dataType: () => 'integer',
  toDriver: dayNumber,
  fromDriver: dayOfNumber,
});

/** `done` never comes again, `suspended` not until its owner says so. */
export type CardState = 'active' | 'suspended' | 'done';

/** What somebody has answered or wants to see again, and when it comes back. */
export const cards = sqliteTable(
  'cards',
  {
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** An item, a key point of one, or a kind of generated question: see `card.ts` of practice. */
    card: text('card').notNull(),
    /** The chapter of the item; null where it is not known any more. */
    chapter: integer('chapter'),
    state: text('state').$type<CardState>().notNull(),
    dueOn: calendarDay('due_on').notNull(),
    /** FSRS: days until recall falls to 90%, and 1 to 10; null before the first answer. */
    stability: real('stability'),
    difficulty: real('difficulty'),
    reviewedOn: calendarDay('reviewed_on'),
  },
  (table) => [
    primaryKey({ columns: [table.personId, table.card] }),
    // Holds all that the queue is ordered by: of thousands of due cards only the first few are read.
    index('cards_due').on(
      table.personId,
      table.state,
      table.dueOn,
      table.reviewedOn,
      table.stability,
      table.card,
    ),
  ],
);

/** A card before something was done to it. */
export type Card = typeof cards.$inferSelect;

/** What happened to a card: an answer, the word of its owner, or a point missed in an interview. */
export type CardStep = Recall | 'done' | 'suspended' | 'buried' | 'kept' | 'missed';

/** Everything that was done to cards, newest last, with what it takes to undo it. */
export const cardSteps = sqliteTable(
  'card_steps',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    card: text('card').notNull(),
    /** Names what it came from, such as `post 12` or `practice 3 step 4`, so that it counts once. */
    key: text('key').notNull(),
    what: text('what').$type<CardStep>().notNull(),
    /** How right an answer was, in thousandths; null for what is no answer. */
    share: integer('share'),
    before: text('before', { mode: 'json' }).$type<Card>(),
    at: instant('at').notNull(),
  },
  (table) => [
    uniqueIndex('card_steps_once').on(table.personId, table.key),
    index('card_steps_card').on(table.personId, table.card, table.id),
    index('card_steps_newest').on(table.personId, table.at),
  ],
);

/** A quiz or a review: which cards, and how far it is. */
export const practices = sqliteTable(
  'practices',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** Whose questions are asked. */
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    settings: text('settings', { mode: 'json' }).$type<PracticeSettings>().notNull(),
    state: text('state', { mode: 'json' }).$type<PracticeState>().notNull(),
    startedAt: instant('started_at').notNull(),
    touchedAt: instant('touched_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('practices_person').on(table.personId, table.endedAt, table.id),
    index('practices_team').on(table.teamId),
    index('practices_old').on(table.touchedAt),
  ],
);

export type Practice = typeof practices.$inferSelect;

/** The learning path that somebody follows, one for each person; what they did on it is in their cards. */
export const learningPaths = sqliteTable(
  'learning_paths',
  {
    personId: text('person_id')
      .primaryKey()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** As `data/paths.yaml` names it. */
    path: text('path').notNull(),
    /** The day of an interview, when there is one. */
    date: calendarDay('date'),
    /** A day. */
    minutes: integer('minutes').notNull(),
    /** The quiz that shows which chapters are known already. */
    placementId: integer('placement_id').references(() => practices.id, { onDelete: 'set null' }),
  },
  (table) => [index('learning_paths_placement').on(table.placementId)],
);

export type PathOfPerson = typeof learningPaths.$inferSelect;

/**
 * What deleted accounts knew before they were deleted: a code of the account and the question, made with
 * a key that is not in the database. Without it, deleting oneself would be a way to answer twice.
 */
export const knownBefore = sqliteTable(
  'known_before',
  {
    code: text('code').primaryKey(),
    /** When it is forgotten too. */
    until: instant('until').notNull(),
  },
  (table) => [index('known_before_until').on(table.until)],
);

/** What a team puts over the bank: own items, changed copies of shipped ones, and what is not asked. */
export const ownQuestions = sqliteTable(
  'own_questions',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    questionId: text('question_id').notNull(),
    /** Absent for a shipped item that is only switched off. */
    question: text('question', { mode: 'json' }).$type<Question>(),
    state: text('state').$type<'active' | 'disabled'>().notNull(),
    /** Who wrote it; the team keeps the item when they are forgotten. */
    authorId: text('author_id').references(() => people.id, { onDelete: 'set null' }),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.questionId] }),
    index('own_questions_author').on(table.authorId),
  ],
);

export type SuggestionState = 'draft' | 'suggested' | 'declined';

/** Questions that somebody writes and nobody is asked yet: drafts, and what waits for the staff. */
export const suggestions = sqliteTable(
  'suggestions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    authorId: text('author_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** Of the item that it becomes, or that it would change. */
    questionId: text('question_id').notNull(),
    draft: text('draft', { mode: 'json' }).$type<Draft>().notNull(),
    state: text('state').$type<SuggestionState>().notNull(),
    /** Why it was declined, for its author. */
    reason: text('reason'),
    /** Where its author hears of the decision. */
    platform: text('platform').$type<PlatformName>().notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [
    uniqueIndex('suggestions_once').on(table.teamId, table.questionId, table.authorId),
    index('suggestions_waiting').on(table.teamId, table.state),
    index('suggestions_author').on(table.authorId),
  ],
);

/** Problems with questions, as people told them. */
export const reports = sqliteTable(
  'reports',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    platform: text('platform').$type<PlatformName>().notNull(),
    questionId: text('question_id').notNull(),
    version: integer('version').notNull(),
    text: text('text').notNull(),
    /** What the person had answered, when they had. */
    answer: text('answer'),
    state: text('state').$type<'open' | 'closed'>().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    // The same words about the same version once more are the same report.
    uniqueIndex('reports_once').on(
      table.teamId,
      table.personId,
      table.questionId,
      table.version,
      table.text,
    ),
    index('reports_state').on(table.teamId, table.state),
    index('reports_person').on(table.personId),
  ],
);

export type InterviewState = 'opening' | 'open' | 'ended';

/** A mock interview; what was said in it is in its turns. */
export const interviews = sqliteTable(
  'interviews',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    /** Who is asked. */
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    platform: text('platform').$type<PlatformName>().notNull(),
    /** Where it was asked for. */
    origin: text('origin').notNull(),
    /** Where it takes place; empty until its room is open. */
    channel: text('channel').notNull(),
    thread: text('thread'),
    plan: text('plan', { mode: 'json' }).$type<InterviewPlan>().notNull(),
    state: text('state').$type<InterviewState>().notNull(),
    createdAt: instant('created_at').notNull(),
    /** The last turn; an idle interview closes a week later. */
    touchedAt: instant('touched_at').notNull(),
    endedAt: instant('ended_at'),
    /** What the report said, 0 to 1, so that interviews can be compared. */
    score: integer('score'),
  },
  (table) => [
    index('interviews_person').on(table.personId, table.id),
    index('interviews_idle').on(table.state, table.touchedAt),
    index('interviews_team').on(table.teamId),
  ],
);

/** What happened in an interview, in order; a number is taken once. */
export const turns = sqliteTable(
  'turns',
  {
    interviewId: integer('interview_id')
      .notNull()
      .references(() => interviews.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    turn: text('turn', { mode: 'json' }).$type<Turn>().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.interviewId, table.number] })],
);

/** A case that somebody plays: the values that were drawn for it, and what happened in order. */
export const cases = sqliteTable(
  'cases',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    /** Its file in data/cases/. */
    caseId: text('case_id').notNull(),
    drawn: text('drawn', { mode: 'json' }).$type<Drawn>().notNull(),
    events: text('events', { mode: 'json' }).$type<readonly CaseEvent[]>().notNull(),
    /** How many events there are: one is added only behind those that were seen. */
    count: integer('count').notNull(),
    startedAt: instant('started_at').notNull(),
    touchedAt: instant('touched_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('cases_person').on(table.personId, table.endedAt, table.id),
    index('cases_team').on(table.teamId),
    index('cases_old').on(table.touchedAt),
  ],
);

/** Strengths on the Elo scale: they choose practice and are never shown as a rank. */
export const personRatings = sqliteTable('person_ratings', {
  personId: text('person_id')
    .primaryKey()
    .references(() => people.id, { onDelete: 'cascade' }),
  /** In hundredths. */
  value: integer('value').notNull(),
  results: integer('results').notNull(),
});

export const itemRatings = sqliteTable('item_ratings', {
  questionId: text('question_id').primaryKey(),
  value: integer('value').notNull(),
  results: integer('results').notNull(),
});

export type PeerState =
  | 'invited'
  | 'opening'
  | 'waiting'
  | 'first'
  | 'second'
  | 'feedback'
  | 'ended'
  | 'declined'
  | 'lapsed'
  | 'missed';

/** Two people interview each other: the first asks in the first half, the second in the other. */
export const peerSessions = sqliteTable(
  'peer_sessions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    platform: text('platform').$type<PlatformName>().notNull(),
    /** Where it was asked for, and the room once it is open. */
    origin: text('origin').notNull(),
    channel: text('channel'),
    thread: text('thread'),
    firstId: text('first_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    secondId: text('second_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** Accounts on the platform, in the same order. */
    firstAccount: text('first_account').notNull(),
    secondAccount: text('second_account').notNull(),
    isFirstHere: flag('is_first_here').notNull().default(false),
    isSecondHere: flag('is_second_here').notNull().default(false),
    /** What each of the two wished of a partner, for the lobby that whoever waits in vain goes back to. */
    wishes: text('wishes', { mode: 'json' }).$type<[MatchPreferences, MatchPreferences]>(),
    /** Question ids of the two halves. */
    questions: text('questions', { mode: 'json' }).$type<[string[], string[]]>().notNull(),
    /** The question of the present half that is asked now. */
    position: integer('position').notNull().default(0),
    state: text('state').$type<PeerState>().notNull(),
    createdAt: instant('created_at').notNull(),
    /** When somebody who is not there counts as not coming, or the feedback opens without the other form. */
    dueAt: instant('due_at'),
  },
  (table) => [
    index('peer_sessions_first').on(table.firstId),
    index('peer_sessions_second').on(table.secondId),
    index('peer_sessions_due').on(table.state, table.dueAt),
    index('peer_sessions_team').on(table.teamId),
  ],
);

/** What an interviewer noted of one question: marks from 1 to 4 and words. */
export const peerMarks = sqliteTable(
  'peer_marks',
  {
    sessionId: integer('session_id')
      .notNull()
      .references(() => peerSessions.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    questionId: text('question_id').notNull(),
    dimension: text('dimension').notNull(),
    mark: integer('mark'),
    note: text('note'),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.personId, table.questionId, table.dimension] }),
    index('peer_marks_person').on(table.personId),
  ],
);

/** The form that each fills at the end; both open when both are sent. */
export const peerForms = sqliteTable(
  'peer_forms',
  {
    sessionId: integer('session_id')
      .notNull()
      .references(() => peerSessions.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    overall: integer('overall').notNull(),
    well: text('well').notNull(),
    better: text('better').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.personId] }),
    index('peer_forms_person').on(table.personId),
  ],
);

/** People who wait for a partner. */
export const lobby = sqliteTable(
  'lobby',
  {
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    platform: text('platform').$type<PlatformName>().notNull(),
    account: text('account').notNull(),
    channel: text('channel').notNull(),
    level: text('level').$type<'easy' | 'medium' | 'hard'>(),
    /** Minutes of the day in the zone between which there is time; all day when equal. */
    fromMinute: integer('from_minute').notNull().default(0),
    untilMinute: integer('until_minute').notNull().default(0),
    zone: text('zone').notNull().default('UTC'),
    joinedAt: instant('joined_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.personId, table.teamId] }),
    index('lobby_team').on(table.teamId, table.joinedAt),
  ],
);

/** Sample answers that somebody graded, beside the reference: 0 to 4. */
export const calibrations = sqliteTable(
  'calibrations',
  {
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    sampleId: text('sample_id').notNull(),
    given: integer('given').notNull(),
    reference: integer('reference').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.sampleId] })],
);

/** What was measured of an examiner, by its name and the version of its prompts. */
export const examinerCards = sqliteTable(
  'examiner_cards',
  {
    name: text('name').notNull(),
    prompt: integer('prompt').notNull(),
    kappa: real('kappa').notNull(),
    /** Shares of wrong answers that it graded as good, and of answers that it read. */
    wrongAsGood: real('wrong_as_good').notNull(),
    read: real('read').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.name, table.prompt] })],
);

/** A quiz in a channel that everybody answers at the same time; at most one is open in a channel. */
export const liveRounds = sqliteTable(
  'live_rounds',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    platform: text('platform').$type<PlatformName>().notNull(),
    channel: text('channel').notNull(),
    thread: text('thread'),
    /** Who leads it; null when that person is gone. */
    hostId: text('host_id').references(() => people.id, { onDelete: 'set null' }),
    settings: text('settings', { mode: 'json' }).$type<LiveSettings>().notNull(),
    state: text('state').$type<LiveState>().notNull(),
    /** The question that is asked or was asked last, from 1; 0 before the first. */
    position: integer('position').notNull().default(0),
    /** Milliseconds left when it was paused; null while it runs. */
    leftMs: integer('left_ms'),
    /** When something happens by itself: the close of a question, the next one, or the end. */
    dueAt: instant('due_at').notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('live_rounds_open')
      .on(table.teamId, table.platform, table.channel)
      .where(sql`ended_at is null`),
    index('live_rounds_due').on(table.dueAt).where(sql`ended_at is null`),
    index('live_rounds_ended').on(table.endedAt),
    index('live_rounds_team').on(table.teamId),
    index('live_rounds_host').on(table.hostId),
  ],
);

/** The questions of a live round as they were when it started; answers are bound to them. */
export const liveQuestions = sqliteTable(
  'live_questions',
  {
    roundId: integer('round_id')
      .notNull()
      .references(() => liveRounds.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    questionId: text('question_id').notNull(),
    question: text('question', { mode: 'json' }).$type<ChoiceQuestion>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.number] })],
);

/** Who takes part in a live round, by joining or by answering. */
export const livePlayers = sqliteTable(
  'live_players',
  {
    roundId: integer('round_id')
      .notNull()
      .references(() => liveRounds.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    joinedAt: instant('joined_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.personId] }),
    index('live_players_person').on(table.personId),
  ],
);

/** One answer a person and question; until the close a later one takes its place. */
export const liveAnswers = sqliteTable(
  'live_answers',
  {
    roundId: integer('round_id')
      .notNull()
      .references(() => liveRounds.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** Letters of the item's own order. */
    choice: text('choice').notNull(),
    isRight: flag('is_right').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.number, table.personId] }),
    index('live_answers_person').on(table.personId),
  ],
);

export type LiveRound = typeof liveRounds.$inferSelect;
export type NewLiveRound = typeof liveRounds.$inferInsert;
export type LiveQuestion = typeof liveQuestions.$inferSelect;
export type LiveAnswer = typeof liveAnswers.$inferSelect;

/** A direct message a day at most, for whoever asked for it. */
export const reminders = sqliteTable(
  'reminders',
  {
    personId: text('person_id')
      .primaryKey()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** The team whose question comes. */
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    platform: text('platform').$type<PlatformName>().notNull(),
    account: text('account').notNull(),
    about: text('about').$type<RemindsOf>().notNull(),
    /** Local times of day, `HH:MM`; quiet hours may lie around midnight. */
    time: text('time').notNull(),
    quietFrom: text('quiet_from').notNull(),
    quietUntil: text('quiet_until').notNull(),
    zone: text('zone').notNull(),
    /** ISO weekdays, such as `12345`. */
    days: text('days').notNull(),
    /** Null while it is off: the row stays, so that turning it on again brings no second message. */
    nextDueAt: instant('next_due_at'),
    lastAt: instant('last_at'),
  },
  (table) => [index('reminders_due').on(table.nextDueAt), index('reminders_team').on(table.teamId)],
);

export type RemindsOf = 'daily' | 'reviews' | 'both';

/** What a team has posted to its channel on certain days. */
export const digests = sqliteTable(
  'digests',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    what: text('what').$type<DigestKind>().notNull(),
    platform: text('platform').$type<PlatformName>().notNull(),
    channel: text('channel').notNull(),
    time: text('time').notNull(),
    zone: text('zone').notNull(),
    /** ISO weekdays, such as `5`. */
    days: text('days').notNull(),
    nextDueAt: instant('next_due_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.what] }),
    index('digests_due').on(table.nextDueAt),
  ],
);

export type DigestKind = 'digest' | 'leaderboard';

export type OutboxState = 'due' | 'sending' | 'sent' | 'failed' | 'lost' | 'dropped';

/** What is said outside a reply, written in the same step as the state that it announces. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** The same for every attempt; a second row with the same key is the same message. */
    key: text('key').notNull().unique(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    /** Whom a direct message is for, so that forgetting somebody forgets it too. */
    personId: text('person_id').references(() => people.id, { onDelete: 'cascade' }),
    /** Whose words it carries, for the same reason. */
    fromId: text('from_id').references(() => people.id, { onDelete: 'cascade' }),
    platform: text('platform').$type<PlatformName>().notNull(),
    /** What it is about: `question`, `thread`, `recap`, `answers`, `closing`, `notice`. */
    what: text('what').notNull(),
    postId: integer('post_id').references(() => posts.id, { onDelete: 'cascade' }),
    interviewId: integer('interview_id').references(() => interviews.id, { onDelete: 'cascade' }),
    peerId: integer('peer_id').references(() => peerSessions.id, { onDelete: 'cascade' }),
    liveId: integer('live_id').references(() => liveRounds.id, { onDelete: 'cascade' }),
    outgoing: text('outgoing', { mode: 'json' }).$type<Outgoing>().notNull(),
    state: text('state').$type<OutboxState>().notNull(),
    dueAt: instant('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    firstTriedAt: instant('first_tried_at'),
    leaseUntil: instant('lease_until'),
    /** The token of the process that has it until then: without it nothing more is done to the row. */
    lease: text('lease'),
    /** Not sent from this instant on: a reminder that comes late is noise. */
    expiresAt: instant('expires_at'),
    message: text('message'),
    problem: words('problem'),
    at: instant('at').notNull(),
  },
  (table) => [
    index('outbox_due').on(table.state, table.dueAt),
    index('outbox_team').on(table.teamId),
    // Whoever is forgotten takes these rows along: without an index SQLite reads them all for it.
    index('outbox_person').on(table.personId),
    index('outbox_from').on(table.fromId),
    index('outbox_post').on(table.postId),
    index('outbox_interview').on(table.interviewId),
    index('outbox_peer').on(table.peerId),
    index('outbox_live').on(table.liveId),
  ],
);

/**
 * Deliveries that a platform may repeat; kept for a day. One that takes long is acknowledged when it is
 * stored here with all that running it again needs, which goes when it is answered.
 */
export const deliveries = sqliteTable(
  'deliveries',
  {
    id: text('id').primaryKey(),
    /** `done` is answered; `taken` is being answered, by the process named. */
    state: text('state').$type<'taken' | 'done'>().notNull(),
    takenBy: text('taken_by').notNull(),
    /** When it was taken; moved on while it is being answered, so that an old one has no process. */
    at: instant('at').notNull(),
    /** Of a stored delivery: the platform that runs it again. */
    platform: text('platform').$type<PlatformName>(),
    /** Of a stored delivery, once the person is known. */
    personId: text('person_id').references(() => people.id, { onDelete: 'cascade' }),
    /** Of a stored delivery: what was said and where the answer goes, as its adapter wrote it. */
    payload: text('payload', { mode: 'json' }).$type<unknown>(),
    /** How often it ended the process that ran it again, which it must not do for ever. */
    reruns: integer('reruns').notNull().default(0),
  },
  (table) => [
    index('deliveries_at').on(table.at),
    index('deliveries_stored').on(table.platform, table.at),
    index('deliveries_person').on(table.personId),
  ],
);

/** Commands too long for a button, under their hash. */
export const savedCommands = sqliteTable(
  'saved_commands',
  {
    hash: text('hash').primaryKey(),
    run: text('run').notNull(),
    values: text('values', { mode: 'json' }).$type<Record<string, Value>>(),
    /** The last time that its button was shown or pressed, to the day. */
    usedAt: instant('used_at').notNull(),
  },
  (table) => [index('saved_commands_used').on(table.usedAt)],
);

export type Person = typeof people.$inferSelect;
export type Team = typeof teams.$inferSelect;
export type ExaminerCard = typeof examinerCards.$inferSelect;
export type Schedule = typeof schedules.$inferSelect;
export type NewSchedule = typeof schedules.$inferInsert;
export type SettingChange = typeof settingChanges.$inferSelect;
export type NewSettingChange = typeof settingChanges.$inferInsert;
export type Post = typeof posts.$inferSelect;
export type Attempt = typeof attempts.$inferSelect;
export type FreeTextAnswer = typeof freeTextAnswers.$inferSelect;
export type Reveal = typeof reveals.$inferSelect;
export type OwnQuestion = typeof ownQuestions.$inferSelect;
export type Suggestion = typeof suggestions.$inferSelect;
export type NewSuggestion = typeof suggestions.$inferInsert;
export type Report = typeof reports.$inferSelect;
export type NewReport = typeof reports.$inferInsert;
export type CasePlay = typeof cases.$inferSelect;
export type Interview = typeof interviews.$inferSelect;
export type NewInterview = typeof interviews.$inferInsert;
export type PeerSession = typeof peerSessions.$inferSelect;
export type NewPeerSession = typeof peerSessions.$inferInsert;
export type PeerMark = typeof peerMarks.$inferSelect;
export type PeerForm = typeof peerForms.$inferSelect;
export type LobbyEntry = typeof lobby.$inferSelect;
export type OutboxRow = typeof outbox.$inferSelect;
export type NewOutboxRow = typeof outbox.$inferInsert;
export type Reminder = typeof reminders.$inferSelect;
export type Digest = typeof digests.$inferSelect;
export type WorkspaceChange = typeof workspaceChanges.$inferSelect;
export type SlackInstallation = typeof slackInstallations.$inferSelect;
