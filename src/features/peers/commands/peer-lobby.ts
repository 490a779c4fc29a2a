import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { joinLobby } from '../lobby.ts';

export const peerLobby = defineCommand({
  name: 'peer lobby',
  summary: 'Find a partner',
  example: 'peer lobby hours:17-20',
  says: [
    {
      like: [
        'i need a partner',
        'i need an interview partner',
        'pair me with someone',
        'match me',
        'match me {hours}',
        'is anyone free for an interview',
        'find someone for a mock interview',
        'i am free {hours}',
        'find me a partner for an interview',
        'match me with a teammate',
        'join the lobby',
        'put me in the lobby {hours}',
        'interview with a teammate',
        'look for someone to practice with',
        'who can practice with me',
      ],
      takes: ['hours', 'level'],
      label: 'Find a partner',
    },
  ],
  visibility: 'private',
  hidden: true,
  asks: async ({ ask }) => (ask === true ? ['hours', 'level'] : undefined),
  input: z.object({
    hours: z.string().max(30).optional().describe('When you have time, like 17-20'),
    level: z.enum(['easy', 'medium', 'hard']).optional().describe('Level of the interview'),
    ask: z.boolean().optional().describe('Ask for hours and level first'),
  }),

  run: ({ level, hours }, context) =>
    joinLobby({ ...(level ? { level } : {}), ...(hours ? { hours } : {}) }, context),
});
