import { z } from 'zod';
import { type Command, defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import type { Block, Reply } from '../../bot/reply.ts';

/** The list that `help` describes; `index.ts` fills it, since help is on the list itself. */
export const defineHelp = (commands: () => readonly Command[]) =>
  defineCommand({
    name: 'help',
    summary: 'Show all commands',
    example: 'help vram',
    says: [
      {
        like: [
          'what can you do',
          'show all commands',
          'help me',
          'how does this work',
          'what commands are there',
          'how do i use this',
        ],
        takes: [],
        label: 'Show commands',
        shows: true,
      },
      {
        like: [
          'how does the {topic} command work',
          'how do i use {topic}',
          'help with {topic}',
          'explain the {topic} command',
        ],
        takes: ['topic'],
        label: 'Show help',
        shows: true,
      },
    ],
    // Asks for help, and not about the command `me`.
    rewrites: [[/^\s*me\s*[!?.]*$/i, '']],
    visibility: 'private',
    input: z.object({
      topic: z
        .string()
        .max(40)
        .meta({ suggests: 'commands' })
        .optional()
        .describe('A command, like daily'),
    }),

    run({ topic }) {
      const listed = commands().filter((command) => !command.hidden);
      if (topic === undefined) return overview(listed);
      const wanted = topic.toLowerCase().replace(/^\//, '').trim();
      const found = listed.find((command) => command.name === wanted);
      if (!found)
        throw new UserError([
          `Unknown command "${topic}". Run `,
          { command: 'help' },
          ' to see all commands.',
        ]);
      return about(found);
    },
  });

function overview(commands: readonly Command[]): Reply {
  return {
    title: 'What I can do',
    blocks: [
      {
        kind: 'table',
        caption: 'Commands',
        columns: [{ label: 'Command' }, { label: 'What it does' }],
        rows: commands.map((command) => [{ command: command.name }, command.summary]),
      },
      {
        kind: 'note',
        text: [
          'Answers and settings are private. The leaderboard and estimates are visible to the channel. Learn about a command with ',
          { command: 'help daily' },
          '. Export or delete your data with ',
          { command: 'me export' },
          ' and ',
          { command: 'me delete' },
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
    title: command.name,
    blocks: [
      { kind: 'text', text: `${command.summary}.` },
      ...options,
      { kind: 'text', text: ['Example: ', { command: command.example }] },
    ],
  };
}
