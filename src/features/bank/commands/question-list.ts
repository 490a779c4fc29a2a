import { z } from 'zod';
import type { OverlayRow } from '../../../core/questions/overlay.ts';
import { cut } from '../../../session/question-card.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import type { Block, Button } from '../../../spine/reply.ts';
import { isBankAdmin } from '../question-review.ts';

/** Rows of the table; the rest comes with `page`. */
const ROWS = 20;
/** Suggestions with a button of their own. */
const REVIEWS = 5;

export const questionList = defineCommand({
  name: 'question list',
  summary: "Show your team's questions, suggestions, and drafts",
  example: 'question list',
  says: [
    {
      like: [
        'show the drafts',
        'show my drafts',
        'open suggestions',
        'what questions did our team write',
        'list team questions',
        'questions that we wrote',
        'waiting suggestions',
        'our own questions',
        "show our team's questions",
        'list our drafts and suggestions',
        'which questions has my team written',
        '{page} of our questions',
        'my own questions',
      ],
      label: 'Show questions',
    },
  ],
  visibility: 'private',
  onlyShows: true,
  input: z.object({
    page: z.int().min(1).max(100).default(1).describe('Page number'),
  }),

  async run({ page }, context) {
    const isForStaff = await isBankAdmin(context.team.id, context);
    const bank = isForStaff ? await own(page, context) : [];
    const blocks = [
      ...(isForStaff ? await waiting(context) : []),
      ...bank,
      ...(await mine(context)),
    ];
    const start: Button[] = [
      { label: 'New question', run: 'question new', style: 'primary' },
      { label: 'New draft', run: 'question stash' },
      ...(isForStaff ? [{ label: 'Import', run: 'question import' }] : []),
      ...(bank.length > 0 ? [{ label: 'Export', run: 'question export' }] : []),
    ];
    const empty: Block = {
      kind: 'text',
      text: isForStaff
        ? "Your team doesn't have its own questions yet."
        : "You don't have any drafts or suggestions here.",
    };
    return {
      title: 'Team questions',
      blocks: [...(blocks.length > 0 ? blocks : [empty]), { kind: 'buttons', buttons: start }],
    };
  },
});

async function waiting({ store, team }: Context): Promise<Block[]> {
  const list = await store.waitingSuggestions(team.id);
  if (list.length === 0) return [];
  const more = list.length - REVIEWS;
  return [
    { kind: 'text', text: { bold: 'Needs review' } },
    ...list.slice(0, REVIEWS).flatMap(({ id, author, draft }): Block[] => [
      { kind: 'text', text: [{ bold: author }, `: ${cut(draft.prompt, 140)}`] },
      {
        kind: 'buttons',
        buttons: [{ label: `Review ${id}`, run: `question preview suggestion:${id}` }],
      },
    ]),
    ...(more > 0
      ? [{ kind: 'note', text: `${more} more to review after these.` } satisfies Block]
      : []),
  ];
}

async function own(page: number, { store, team, catalog }: Context): Promise<Block[]> {
  const rows = await store.overlayOf(team.id);
  const shown = rows.slice((page - 1) * ROWS, page * ROWS);
  if (shown.length === 0) return [];
  const pages = Math.ceil(rows.length / ROWS);
  const state = ({ questionId, question, state: now }: OverlayRow) =>
    now === 'disabled' ? 'disabled' : question && catalog.shipped(questionId) ? 'changed' : 'own';
  const prompt = ({ questionId, question }: OverlayRow) =>
    cut((question ?? catalog.shipped(questionId))?.prompt ?? '', 70);
  const choices = shown
    .filter(({ question }) => question)
    .map((row) => ({
      label: cut(`${row.questionId} ${prompt(row)}`, 75),
      value: row.questionId,
    }));
  const blocks: Block[] = [
    {
      kind: 'table',
      caption: pages > 1 ? `Your team's bank, page ${page} of ${pages}` : "Your team's bank",
      columns: [{ label: 'ID' }, { label: 'State' }, { label: 'Question' }],
      rows: shown.map((row) => [{ code: row.questionId }, state(row), prompt(row)]),
    },
  ];
  if (choices.length > 0)
    blocks.push({
      kind: 'select',
      label: 'Preview a question',
      run: 'question preview',
      option: 'id',
      choices,
    });
  if (page < pages)
    blocks.push({
      kind: 'buttons',
      buttons: [{ label: 'Next page', run: `question list page:${page + 1}` }],
    });
  return blocks;
}

const STATES = { draft: 'Draft', suggested: 'In review', declined: 'Declined' } as const;

async function mine({ store, team, person }: Context): Promise<Block[]> {
  const list = await store.suggestionsBy(team.id, person.id);
  if (list.length === 0) return [];
  return [
    { kind: 'text', text: { bold: 'Written by you' } },
    ...list.slice(0, REVIEWS).flatMap(({ id, state, draft, reason }): Block[] => [
      {
        kind: 'text',
        text: [
          { bold: `${STATES[state]}: ` },
          cut(draft.prompt, 140),
          ...(reason ? [{ italic: ` ${reason}` }] : []),
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          { label: `Open ${id}`, run: `question preview suggestion:${id}` },
          { label: 'Edit', run: `question edit suggestion:${id}` },
          { label: 'Delete', run: `question drop suggestion:${id}`, style: 'danger' },
        ],
      },
    ]),
    ...(list.length > REVIEWS
      ? [{ kind: 'note', text: `${list.length - REVIEWS} more, older.` } satisfies Block]
      : []),
  ];
}
