import { type Examiner, failuresOf } from '../../core/interview/examiner.ts';
import type { Context } from '../../spine/command.ts';
import type { Reply, Text } from '../../spine/reply.ts';
import type { ExaminerCard, Team } from '../../store/schema.ts';
import { percent } from './cards.ts';

type Asking = Partial<Pick<Context, 'isAlone'>> & {
  examiner?: Examiner | undefined;
  team: Pick<Team, 'examiner'>;
};

/** The examiner, where it may be asked: an admin turned it on by this name, or the person is alone. */
export const examinerHere = ({ examiner, team, isAlone }: Asking): Examiner | undefined =>
  isAlone || team.examiner === examiner?.name ? examiner : undefined;

/** Whether it may decide about grades: not if it was measured to be below the floor. */
export async function mayDecide(
  examiner: Examiner,
  { store }: Pick<Context, 'store'>,
): Promise<boolean> {
  const card = await store.examinerCard(examiner.name, examiner.prompt);
  return !card || failuresOf(card).length === 0;
}

/** One line for admins among what is set up; nothing where no examiner is. */
export function examinerFields(context: Asking): { label: string; value: Text }[] {
  if (!context.examiner) return [];
  const state = examinerHere(context) ? 'on' : 'off';
  return [
    {
      label: 'Examiner',
      value: `${context.examiner.name}, ${state}`,
    },
  ];
}

const NONE =
  'No examiner. The person who hosts Warmup can add a language model that grades mock interviews and asks follow-ups, with the EXAMINER setting.';

/** Which model examines, where words go, how good it is, and whether it is on here. */
export async function examinerPanel(context: Context): Promise<Reply> {
  const { examiner, store } = context;
  if (!examiner) return { title: 'Examiner', blocks: [{ kind: 'text', text: NONE }] };
  const isOn = examinerHere(context) !== undefined;
  const card = await store.examinerCard(examiner.name, examiner.prompt);
  const other = isOn ? 'off' : 'on';
  return {
    title: 'Examiner',
    blocks: [
      {
        kind: 'fields',
        fields: [
          { label: 'Model', value: examiner.name },
          { label: 'Here', value: isOn ? 'on' : 'off' },
          {
            label: 'Answers',
            value: examiner.isLocal
              ? 'stay on the machine that runs Warmup'
              : 'leave the machine that runs Warmup',
          },
          { label: 'Measured', value: measured(card) },
          { label: 'Grades', value: deciding(card) },
        ],
      },
      {
        kind: 'text',
        text: 'Everyone reads this before a mock interview, and can start with or without it.',
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: `Turn ${other}`,
            run: `setup examiner action:${other}`,
            ...(isOn ? {} : { style: 'primary' as const }),
          },
        ],
      },
    ],
  };
}

const measured = (card: ExaminerCard | undefined): string =>
  card
    ? `agreement κ ${card.kappa.toFixed(2)}, ${percent(card.wrongAsGood)} of wrong answers graded as good`
    : 'not yet. The person who hosts Warmup can run npm run examiner:card.';

function deciding(card: ExaminerCard | undefined): string {
  const [failure] = card ? failuresOf(card) : [];
  return failure
    ? `the built-in grades count, because ${failure}`
    : 'it decides within 30 points of the built-in grade';
}
