import type { LearningPath } from '../../core/catalog.ts';
import { readCardId } from '../../core/practice/card.ts';
import { type Mastery, masteryOf } from '../../core/practice/mastery.ts';
import { type ChapterDone, sideBySide, tasksLeft } from '../../core/practice/path.ts';
import { knownChapters } from '../../core/practice/placement.ts';
import type { PathTask } from '../../core/practice/plan.ts';
import { REVIEW_BANK } from '../../core/questions/schema.ts';
import { dayIn } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import type { Interview, PathOfPerson, Practice } from '../../store/schema.ts';

/** A chapter of a step, and how far somebody is with it. */
export type ChapterAt = ChapterDone & {
  chapter: number;
  mastery: Mastery | undefined;
  /** What it still asks for. */
  tasks: PathTask[];
};

/** A step of a path as it stands for one person. */
export type StepAt = { goal: string; chapters: ChapterAt[]; tasks: PathTask[] };

/** Where somebody is on their path. */
export type PathAt = {
  row: PathOfPerson;
  path: LearningPath;
  steps: StepAt[];
  /** The first step that still asks for something; undefined at the end. */
  next: StepAt | undefined;
  /** The quiz that places them, while or after they take it. */
  placement: Practice | undefined;
};

/** Where somebody is on their path; undefined for nobody on a path, or on one that is gone. */
export async function pathAt(context: Context): Promise<PathAt | undefined> {
  const { store, person, catalog } = context;
  const row = await store.pathOf(person.id);
  const path = row && catalog.paths.find(({ id }) => id === row.path);
  if (!row || !path) return undefined;
  const placement = row.placementId === null ? undefined : await store.practice(row.placementId);
  // Before its end it would say which answers were right.
  const known = placement?.endedAt ? knownChapters(placement.state, catalog.question) : [];
  const done = await doneBy(context);
  const steps = path.steps.map(({ goal, chapters }): StepAt => {
    const at = chapters.map((chapter) => chapterAt(chapter, { known, done, context }));
    return { goal, chapters: at, tasks: sideBySide(at.map(({ tasks }) => tasks)) };
  });
  return { row, path, steps, next: steps.find(({ tasks }) => tasks.length > 0), placement };
}

function chapterAt(
  chapter: number,
  { known, done, context }: { known: readonly number[]; done: Done; context: Context },
): ChapterAt {
  const inWords = [...done.inWords].filter(
    (id) => chapter === REVIEW_BANK || context.catalog.question(id)?.chapter === chapter,
  ).length;
  const isKnown = known.includes(chapter);
  const own = {
    answered: done.answered.get(chapter) ?? 0,
    calculated: done.calculated.get(chapter) ?? 0,
    inWords,
    isKnown,
  };
  const hasCalculations = context.catalog.generators.some((each) => each.chapter === chapter);
  return {
    ...own,
    chapter,
    mastery: done.mastery.find((each) => each.chapter === chapter),
    tasks: tasksLeft(chapter, own, hasCalculations),
  };
}

type Done = {
  answered: Map<number, number>;
  calculated: Map<number, number>;
  /** Ids of the items. */
  inWords: Set<string>;
  mastery: Mastery[];
};

/** Interviews that count, of the newest ones. */
const MAX_INTERVIEWS = 50;

async function doneBy({ store, person, catalog, clock, zone }: Context): Promise<Done> {
  const cards = await store.answeredCards(person.id);
  const interviews = await store.interviewsOf(person.id, MAX_INTERVIEWS);
  const answered = new Map<number, number>();
  const calculated = new Map<number, number>();
  const inWords = new Set(interviews.flatMap(questionsAnswered));
  const isFreeText = (id: string) => {
    const found = catalog.question(id);
    return found !== undefined && 'keyPoints' in found;
  };
  const freeText = cards.filter(({ card }) => {
    const target = readCardId(card);
    return target.kind !== 'drill' && isFreeText(target.item);
  });
  for (const { card, chapter } of cards) {
    const target = readCardId(card);
    if (target.kind !== 'drill' && isFreeText(target.item)) inWords.add(target.item);
    const counts = target.kind === 'drill' ? calculated : answered;
    if (chapter !== null && target.kind !== 'point')
      counts.set(chapter, (counts.get(chapter) ?? 0) + 1);
  }
  const all = [...cards, ...freeText.map((card) => ({ ...card, chapter: REVIEW_BANK }))].filter(
    ({ wasRight }) => wasRight,
  );
  return { answered, calculated, inWords, mastery: masteryOf(all, dayIn(clock.now(), zone)) };
}

/** The questions of an interview that was held to its end. */
export function questionsAnswered({ state, score, plan }: Interview): string[] {
  return state === 'ended' && score !== null ? plan.questions.map((each) => each.questionId) : [];
}

/** Whether a placement waits for an answer. */
export const isPlacing = (placement: Practice | undefined): boolean =>
  placement !== undefined && placement.endedAt === null;
