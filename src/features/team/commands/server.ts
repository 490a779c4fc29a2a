import { z } from 'zod';
import {
  askWhichTeam,
  directTeams,
  leaveTeam,
  unknownMembership,
} from '../../../spine/access/direct-team.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { type Reply, say } from '../../../spine/reply.ts';
import { workspaceOfOne } from '../../../spine/request.ts';

export const server = defineCommand({
  name: 'me server',
  summary: 'Choose the team that your direct messages count for',
  example: 'me server',
  says: [
    {
      like: [
        'change my team',
        'switch to another server',
        'which team am i in',
        'which server do i act in',
        'change the server for direct messages',
      ],
      label: 'Choose team',
    },
  ],
  visibility: 'private',
  onlyShows: ({ workspace }) => workspace === undefined,
  input: z.object({
    workspace: z.string().max(64).optional().describe('The team'),
  }),

  async run({ workspace }, context) {
    const { account, store, platform } = context;
    if (!platform.roleIn)
      return say(`Your direct messages with me belong to this ${platform.placeWord}.`);
    if (workspace) return choose(workspace, context);
    const teams = await directTeams(account, store);
    return teams.length === 0 ? NO_SERVER : askWhichTeam(account, teams);
  },
});

const NO_SERVER = say(
  "I don't know you from a server yet. Run any command in one, and direct messages count for its team.",
);

async function choose(workspace: string, context: Context): Promise<Reply> {
  const { account, clock, person, platform, seed, store } = context;
  if (workspace === workspaceOfOne(account)) {
    await store.meet({
      account,
      name: person.name,
      workspace,
      workspaceName: person.name,
      newPersonId: person.id,
      newTeamId: seed,
      at: clock.now(),
    });
    await store.chooseMembership(person.id, workspace, clock.now());
    return chosen('Direct messages count for you alone now.');
  }
  const team = (await store.membershipsOf(account)).find((each) => each.workspace === workspace);
  if (!team)
    throw new UserError([
      "I don't know you there. Run ",
      { command: 'me server' },
      ' to choose again.',
    ]);
  const role = await platform.roleIn?.(workspace, account);
  if (!role) throw new UserError(unknownMembership(team, platform));
  if (role === 'outside') return leaveTeam(team, { account, store });
  await store.chooseMembership(person.id, workspace, clock.now());
  return chosen(`Direct messages count for ${team.name} now.`);
}

const chosen = (text: string): Reply => ({
  update: true,
  blocks: [
    { kind: 'text', text },
    {
      kind: 'buttons',
      buttons: [
        { label: "Today's question", run: 'daily', style: 'primary' },
        { label: 'Home', run: 'home' },
      ],
    },
  ],
});
