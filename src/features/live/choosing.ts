import { FIRST_RATING } from '../../core/interview/rating.ts';
import type { LiveSettings } from '../../core/live/round.ts';
import { chooseQuiz } from '../../core/practice/choose.ts';
import type { ChoiceQuestion, Question } from '../../core/questions/schema.ts';
import { itemStrengths } from '../../session/measured-difficulty.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { comingSlots } from '../daily/coming-slots.ts';
import { questionFor, slotSeed } from '../daily/posting.ts';

/** For so long a question of a live round is not asked in another one, while there are others. */
const RECENT_MS = 90 * 86_400_000;

/**
 * The questions of a live round: with options, no twins, none that is open or comes next as a daily question, and
 * first those that the team was not asked yet.
 *
 * @throws UserError when too few are left.
 */
export async function chooseLive(
  settings: LiveSettings,
  context: Context,
): Promise<ChoiceQuestion[]> {
  const { chapter, difficulty, count } = settings;
  const { store, team, catalog, clock, seed } = context;
  const kept = await keptForDaily(context);
  const since = new Date(clock.now().getTime() - RECENT_MS);
  const asked = [
    ...(await store.askedQuestions(team.id)),
    ...(await store.liveAskedSince(team.id, since)),
  ];
  const items = catalog.questions.filter(
    (item) =>
      hasOptions(item) &&
      (chapter === undefined || item.chapter === chapter) &&
      (difficulty === undefined || item.difficulty === difficulty) &&
      !kept.some((id) => catalog.areTwins(id, item.id)),
  );
  const chosen = chooseQuiz({
    items,
    mode: 'mixed',
    count,
    answered: new Map(asked.map((id) => [id, { isRight: true, daysAgo: 0 }])),
    weakest: [],
    areTwins: catalog.areTwins,
    strength: FIRST_RATING.person,
    itemStrength: await itemStrengths(context),
    seed,
  }).filter(hasOptions);
  if (chosen.length < count) throw tooFew(chosen.length, settings);
  return chosen;
}

const hasOptions = (item: Question): item is ChoiceQuestion => 'options' in item;

/** Daily questions of the team that are open, and the next one of each schedule. */
async function keptForDaily(context: Context): Promise<string[]> {
  const { store, team, catalog } = context;
  const asked = await store.askedQuestions(team.id);
  const open = await store.openPosts(team.id);
  const coming: string[] = [];
  for (const schedule of await store.schedulesOf(team.id)) {
    const [slot] = await comingSlots(schedule, 1, context);
    const about = slot && { day: slot.day, asked, seed: slotSeed(schedule, slot.day) };
    const next = about && questionFor(schedule, catalog, about);
    if (next) coming.push(next.id);
  }
  return [...open.flatMap(({ questionId }) => questionId ?? []), ...coming];
}

function tooFew(found: number, { chapter, difficulty }: LiveSettings): UserError {
  const scope = [
    difficulty === undefined ? '' : `${difficulty} `,
    found === 1 ? 'question' : 'questions',
    chapter === undefined ? '' : ` in chapter ${chapter}`,
  ].join('');
  return new UserError(
    `I have only ${found} ${scope} for a live round. Ask for fewer questions, or choose from all chapters.`,
  );
}
