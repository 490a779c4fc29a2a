import { z } from 'zod';
import { fullName, named } from '../../../spine/button.ts';
import { type Command, type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Block, Button, Reply } from '../../../spine/reply.ts';
import { nextQuestion } from '../../daily/coming-slots.ts';
import { ownClock } from '../../daily/schedule-words.ts';
import { GROUPS, type Group } from './help-groups.ts';

/** The list that `help` describes; `index.ts` fills it, since help is on the list itself. */
export const defineHelp = (commands: () => readonly Command[]) =>
  defineCommand({
    name: 'help',
    summary: 'Show what you can do here',
    example: 'help vram',
    says: [
      {
        like: [
          'i need help',
          'help',
          'what are you',
          'who are you',
          'how do you work',
          'what can i ask',
          'what can i do here',
          'list of commands',
          'i am lost',
          'what is this',
          'instructions',
          'what can you do',
          'show all commands',
          'help me',
          'how does this work',
          'what commands are there',
          'how do i use this',
          'when does the next question come',
          'when is the next question',
          'when is the next post',
        ],
        takes: [],
        label: 'Show commands',
      },
      {
        like: ['estimate', 'help estimate', 'which estimates are there'],
        values: { topic: 'estimates' },
        takes: [],
        label: 'Show estimates',
      },
      {
        like: [
          'what does {topic} do',
          'what is {topic} for',
          'how does {topic} work',
          'help on {topic}',
          'explain {topic} to me',
          'how do i use the {topic} command',
          'options of {topic}',
          'how does the {topic} command work',
          'how do i use {topic}',
          'help with {topic}',
          'explain the {topic} command',
        ],
        takes: ['topic'],
        label: 'Show help',
      },
    ],
    // Asks for help, and not about the command `me`.
    rewrites: [[/^\s*me\s*[!?.]*$/i, '']],
    visibility: 'private',
    onlyShows: true,
    input: z.object({
      topic: z
        .string()
        .max(40)
        .meta({ suggests: 'commands' })
        .optional()
        .describe('A command or a group, like daily or estimates'),
    }),

    run({ topic }, context) {
      const listed = commands().filter((command) => !command.hidden);
      if (topic === undefined) return overview(listed, context);
      const wanted = topic.toLowerCase().replace(/^\//, '').trim();
      const found = named(listed, wanted);
      if (found) return about(found);
      // One of several, such as `help admin`, is the group too, and so is a title's first word: `help team`.
      const group = GROUPS.find(({ name, title }) =>
        [name, title.toLowerCase(), title.toLowerCase().split(' ')[0]].some(
          (each) => each === wanted || each === `${wanted}s`,
        ),
      );
      if (group) return everythingIn(group, listed);
      throw new UserError([
        `Unknown command "${topic}". Run `,
        { command: 'help' },
        ' to see all commands.',
      ]);
    },
  });

const allOf = (listed: readonly Command[], names: readonly string[]) =>
  names.flatMap((name) => named(listed, name) ?? []);

/** The few commands with which most people begin; the rest of a group is behind its button. */
async function overview(listed: readonly Command[], context: Context): Promise<Reply> {
  const groups = GROUPS.filter(({ forAdmins }) => context.isAdmin || !forAdmins);
  return {
    title: 'What you can do',
    blocks: [
      ...groups.map(
        ({ title, first }): Block => ({
          kind: 'text',
          text: [
            { bold: title },
            ...allOf(listed, first).flatMap((command) => [
              '\n',
              { command: fullName(command) },
              ` ${command.summary}`,
            ]),
          ],
        }),
      ),
      { kind: 'buttons', buttons: groups.flatMap(moreButton) },
      ...(await nextNote(context)),
      {
        kind: 'note',
        text: [
          'Answers and settings are private. The leaderboard and estimates are visible to the channel. Learn about a command with ',
          { command: 'help daily' },
          '.',
        ],
      },
    ],
  };
}

async function nextNote(context: Context): Promise<Block[]> {
  const next = await nextQuestion(context);
  if (!next) return [];
  const { at, schedule } = next;
  const isHere = context.place.kind === 'direct' && schedule.channel === context.place.channel;
  const where = isHere ? [] : [' in ', { channel: schedule.channel }];
  const time = { time: at, show: 'moment' } as const;
  const clock = ownClock(at, schedule, context.zone);
  return [{ kind: 'note', text: ['Next question: ', time, clock, ...where, '.'] }];
}

function moreButton({ name, label, rest }: Group): Button[] {
  return rest.length === 0 ? [] : [{ label, run: `help topic:${name}` }];
}

function everythingIn({ title, first, rest }: Group, listed: readonly Command[]): Reply {
  const all = allOf(listed, [...first, ...rest]);
  return {
    title,
    blocks: [
      {
        kind: 'table',
        caption: 'Commands',
        columns: [{ label: 'Command' }, { label: 'What it does' }],
        rows: all.map((command) => [{ command: fullName(command) }, command.summary]),
      },
      { kind: 'buttons', buttons: [{ label: 'All groups', run: 'help' }] },
      {
        kind: 'note',
        // `help me` asks for help, so this command is named with its option.
        text: [
          'Learn about a command with ',
          { command: all[0]?.name === 'me' ? 'help topic:me' : `help ${all[0]?.name}` },
          '.',
        ],
      },
    ],
  };
}

function about(command: Command): Reply {
  const options: Block[] =
    command.options.length === 0
      ? []
      : [
          {
            kind: 'table',
            caption: 'Options',
            columns: [{ label: 'Option' }, { label: 'Meaning' }],
            rows: command.options.map((option) => [
              { code: option.name },
              [
                option.summary,
                option.choices ? ` (${option.choices.join(', ')})` : '',
                option.required ? ' (required)' : '',
              ],
            ]),
          },
        ];
  return {
    title: fullName(command),
    blocks: [
      { kind: 'text', text: `${command.summary}.` },
      ...options,
      { kind: 'text', text: ['Example: ', { command: command.example }] },
    ],
  };
}
