import { cut } from '../../session/question-card.ts';
import type { Context } from '../../spine/command.ts';
import type { Block } from '../../spine/reply.ts';
import { formatDays } from './schedule-words.ts';

/** More would push away what the reply is about. */
const MAX_SHOWN = 5;

/** What a person began and did not finish, with a way to continue and one to delete it. */
export async function draftBlocks({
  store,
  team,
  person,
}: Pick<Context, 'store' | 'team' | 'person'>): Promise<Block[]> {
  const schedules = (await store.scheduleDrafts(team.id)).filter(
    ({ keeperId }) => keeperId === person.id,
  );
  const questions = (await store.suggestionsBy(team.id, person.id)).filter(
    ({ state }) => state === 'draft',
  );
  const drafts = [
    ...schedules.map(({ id, channel, time, days }) => ({
      text: [`Schedule ${id}: `, { channel }, `, ${time} ${formatDays(days)}`],
      goOn: `setup schedule:${id}`,
      drop: `setup action:delete schedule:${id}`,
      name: `schedule ${id}`,
    })),
    ...questions.map(({ id, draft }) => ({
      text: [`Question: ${cut(draft.prompt, 140)}`],
      goOn: `question edit suggestion:${id}`,
      drop: `question drop suggestion:${id}`,
      name: `draft ${id}`,
    })),
  ];
  if (drafts.length === 0) return [];
  return [
    { kind: 'text', text: { bold: 'Your drafts' } },
    ...drafts.slice(0, MAX_SHOWN).flatMap(({ text, goOn, drop, name }): Block[] => [
      { kind: 'text', text },
      {
        kind: 'buttons',
        buttons: [
          { label: `Continue ${name}`, run: goOn, style: 'primary' },
          { label: `Delete ${name}`, run: drop, style: 'danger' },
        ],
      },
    ]),
    ...(drafts.length > MAX_SHOWN
      ? [{ kind: 'note', text: `${drafts.length - MAX_SHOWN} more drafts.` } satisfies Block]
      : []),
  ];
}
