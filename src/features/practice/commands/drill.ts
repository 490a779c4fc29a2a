import { z } from 'zod';
import { seedToken } from '../../../core/questions/generators/drawn.ts';
import { pick, randomFrom } from '../../../core/random.ts';
import { openFor } from '../../../session/spoiler-guard.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Text } from '../../../spine/reply.ts';
import { drillCard } from '../drill-card.ts';

export const drill = defineCommand({
  name: 'drill',
  summary: 'Practice a calculation with your own numbers',
  example: 'drill 5',
  says: [
    {
      like: [
        'give me a drill',
        'give me some math to practice',
        'practice estimates',
        'let me calculate something',
        'a calculation',
        'numbers drill',
        'exercise with numbers',
        'drill on {chapter}',
        'drill question',
        'drill me',
        'give me a calculation to practice',
        'practice numbers',
        'practice a calculation',
        'another drill',
        'math practice',
      ],
      label: 'Start drill',
    },
  ],
  visibility: 'private',
  onlyShows: true,
  input: z.object({
    chapter: z.int().min(1).max(12).optional().describe('Chapter, 1 to 10 (default: any)'),
    kind: z
      .string()
      .max(40)
      .meta({ suggests: 'kinds' })
      .optional()
      .describe('One kind of calculation, such as kv-per-token'),
  }),

  async run({ chapter, kind }, context) {
    const { catalog, person, seed } = context;
    const own = `${person.id} ${seed}`;
    const kinds = kindsFor({ chapter, kind }, context);
    // A drill nobody asked for by name would show how the open daily question is calculated.
    const open = kind === undefined ? await openFor(context) : [];
    const free = kinds.filter(({ id }) => !open.some((other) => catalog.areTwins(other, id)));
    const generator = pick(free.length > 0 ? free : kinds, randomFrom(own));
    if (!generator) throw new UserError(nothingFor(chapter, kind));
    const question = generator.draw(seedToken(own));
    return drillCard(question, { chapter: catalog.chapter(question.chapter) });
  },
});

function kindsFor(
  { chapter, kind }: { chapter?: number | undefined; kind?: string | undefined },
  { catalog: { generators } }: Context,
) {
  if (kind !== undefined) return generators.filter(({ id }) => id === kind.trim().toLowerCase());
  return generators.filter((each) => chapter === undefined || each.chapter === chapter);
}

function nothingFor(chapter: number | undefined, kind: string | undefined): Text {
  if (kind !== undefined)
    return [
      `I don't know the calculation "${kind}". Run `,
      { command: 'drill' },
      ' for any calculation, or ',
      { command: 'drill 5' },
      ' for one from chapter 5.',
    ];
  return chapter === undefined
    ? [
        'There are no calculations here. Try ',
        { command: 'daily' },
        ' or ',
        { command: 'mock' },
        '.',
      ]
    : [
        `Chapter ${chapter} has no calculations, but chapters 1 to 10 do. Run `,
        { command: 'drill' },
        ' for any of them.',
      ];
}
