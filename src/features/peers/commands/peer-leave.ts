import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { say } from '../../../spine/reply.ts';

export const peerLeave = defineCommand({
  name: 'peer leave',
  summary: 'Leave the lobby',
  example: 'peer leave',
  visibility: 'private',
  hidden: true,
  input: z.object({}),

  async run(_, { store, person }) {
    await store.leaveLobby(person.id);
    return { ...say('You left the lobby.'), update: true };
  },
});
