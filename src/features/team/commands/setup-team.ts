import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { teamView } from '../team-view.ts';

export const setupTeam = defineCommand({
  name: 'setup team',
  summary: 'Show how the team takes part and which chapters it misses',
  example: 'setup team',
  says: [
    {
      like: ['how does the team take part', 'which chapters does the team miss', 'show the team'],
      label: 'Show team',
    },
  ],
  visibility: 'private',
  onlyShows: true,
  hidden: true,
  access: 'admin',
  input: z.object({}),

  run: (_, context) => teamView(context),
});
