import { z } from 'zod';
import { MOST_GROUPS } from '../../../core/scoring/groups.ts';
import { managesTeam, unknownRole } from '../../../spine/access/role.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Block, Reply } from '../../../spine/reply.ts';

export const group = defineCommand({
  name: 'leaderboard group',
  summary: 'Join a group of your team, to compete group against group',
  example: 'leaderboard group join blue',
  says: [
    {
      like: ['which groups are there', 'what group am i in', 'show the groups'],
      values: { action: 'show' },
      takes: [],
      label: 'Show groups',
    },
    {
      like: ['leave my group', 'take me out of my group'],
      values: { action: 'leave' },
      takes: [],
      label: 'Leave group',
    },
  ],
  visibility: 'private',
  onlyShows: ({ action, name }) => action === 'show' && name === undefined,
  input: z.object({
    action: z
      .enum(['show', 'join', 'leave', 'remove'])
      .default('show')
      .describe('Show the groups, join or leave one, or remove one (admins)'),
    name: z
      .string()
      .trim()
      .min(2)
      .max(24)
      .regex(/^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u, 'Use letters, numbers, spaces, and hyphens')
      .optional()
      .describe('Name of the group'),
  }),

  async run({ action, name }, context) {
    const { store, team, person } = context;
    const who = { teamId: team.id, personId: person.id };
    if (action === 'leave') {
      const left = await store.groupOf(team.id, person.id);
      await store.leaveGroup(who);
      return groups(left ? `You left ${left.name}.` : "You aren't in a group.", context);
    }
    if (action === 'remove') return remove(name, context);
    if (action === 'join' || name) return join(name, context);
    const own = await store.groupOf(team.id, person.id);
    return groups(own ? `You're in ${own.name}.` : "You aren't in a group.", context);
  },
});

const EXAMPLE = { command: 'leaderboard group join blue' };

async function join(name: string | undefined, context: Context): Promise<Reply> {
  const { store, team, person } = context;
  if (!name) throw new UserError(['Add a name, like ', EXAMPLE, '.']);
  if (!(await store.joinGroup({ teamId: team.id, personId: person.id }, name)))
    throw new UserError(`A team has up to ${MOST_GROUPS} groups. Join one of them.`);
  const own = await store.groupOf(team.id, person.id);
  return groups(`You're in ${own?.name ?? name} now.`, context);
}

async function remove(name: string | undefined, context: Context): Promise<Reply> {
  const { store, team } = context;
  const mayRemove = await managesTeam(team.id, context);
  if (mayRemove === undefined) throw unknownRole(context);
  if (!mayRemove) throw new UserError('Only admins can remove a group. You can leave yours.');
  const found = (await store.groupsOf(team.id)).find(
    (each) => each.name.toLowerCase() === name?.toLowerCase(),
  );
  if (!found)
    throw new UserError(["I can't find this group. Run ", { command: 'leaderboard group' }, '.']);
  await store.removeGroup(team.id, found.id);
  return groups(`${found.name} is removed. Its people keep their points.`, context);
}

/** All groups, with what happened above them. */
async function groups(text: string, { store, team, person }: Context): Promise<Reply> {
  const all = await store.groupsOf(team.id);
  const own = await store.groupOf(team.id, person.id);
  const others = all.filter(({ id }) => id !== own?.id);
  const blocks: Block[] = [{ kind: 'text', text }];
  if (all.length > 0)
    blocks.push({
      kind: 'table',
      caption: 'Groups of your team',
      columns: [{ label: 'Group' }, { label: 'People', align: 'right' }],
      rows: all.map(({ name, members }) => [name, String(members)]),
    });
  if (others.length > 0)
    blocks.push({
      kind: 'select',
      label: 'Join group',
      run: 'leaderboard group action:join',
      option: 'name',
      choices: others.map(({ name }) => ({ label: name, value: name })),
    });
  if (own)
    blocks.push({
      kind: 'buttons',
      buttons: [
        { label: 'Compare groups', run: 'leaderboard view:groups private:yes' },
        { label: 'Leave group', run: 'leaderboard group action:leave' },
      ],
    });
  blocks.push({
    kind: 'note',
    text: [
      'A new name starts a group: ',
      EXAMPLE,
      '. Teammates see how many people a group has, never who is in it.',
    ],
  });
  return { title: 'Groups', blocks, update: true };
}
