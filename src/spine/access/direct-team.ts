import type { Clock } from '../../core/time.ts';
import type { Store } from '../../queries.ts';
import type { Membership } from '../../store/queries/places.ts';
import { readButtonId } from '../button.ts';
import type { PlatformOfRequest, Role, Stranger } from '../platform.ts';
import { type Reply, say } from '../reply.ts';
import { type Request, workspaceOfOne } from '../request.ts';
import { type Asked, createMemberships, roleFor } from './membership.ts';

/** A request with the team that it is for; `instead` answers a command that means nothing without one. */
export type Settled = {
  request: Request;
  instead?(): Promise<Reply>;
  /** What to reply to a command whose person is not in the team, or of whom nobody says it. */
  refusal?(asked: Asked): Promise<Reply | undefined>;
};

type Place = Pick<Membership, 'workspace' | 'name'>;

/**
 * Finds the team for which somebody acts in a direct message, where no team stands behind one: that of the server in
 * which they were met, or the one that they chose. That they are still in it is checked, as also where direct messages
 * belong to a workspace. What is done in a place of the server itself needs no other proof.
 */
export function createDirectTeams({ store, clock }: { store: Store; clock: Clock }) {
  const membershipOf = createMemberships(clock);

  return async (request: Request, platform: PlatformOfRequest): Promise<Settled> => {
    const { account, workspace, workspaceName: name = workspace, place } = request;
    const refusal =
      (team: Place, membership: Parameters<typeof roleFor>[1]) => async (asked: Asked) => {
        const role = await roleFor(asked, membership);
        if (!role) return say(unknownMembership(team, platform));
        return role === 'outside' ? leaveTeam(team, { account, store }) : undefined;
      };
    if (workspace !== workspaceOfOne(account)) {
      if (place.kind !== 'direct') return { request };
      const ask = async () => roleOf(await platform.stranger?.(account));
      return { request, refusal: refusal({ workspace, name }, { known: 'member', ask }) };
    }
    if (!platform.roleIn) return { request };
    const asked = await teamOfPost(request, store);
    const [chosen, ...others] = asked ? [asked] : await directTeams(account, store);
    if (!chosen || chosen.workspace === workspace) return { request };
    if (!chosen.chosenAt && others.length > 0)
      return { request, instead: async () => askWhichTeam(account, [chosen, ...others]) };
    const membership = await membershipOf(`${chosen.workspace} ${account}`, async () =>
      platform.roleIn?.(chosen.workspace, account),
    );
    if (membership.known === 'outside')
      return { request, instead: () => leaveTeam(chosen, { account, store }) };
    const there = { workspace: chosen.workspace, workspaceName: chosen.name };
    const isAdmin = membership.known === 'admin';
    return {
      request: { ...request, ...there, isAdmin, isElsewhere: true },
      refusal: refusal(chosen, membership),
    };
  };
}

/** Who is no stranger is a member. */
function roleOf(stranger: Stranger | undefined): Role | undefined {
  if (stranger === 'unknown') return undefined;
  return stranger ? 'outside' : 'member';
}

/**
 * The server of the question that a button is about, such as one in a reminder: it counts for the team that was asked,
 * whichever was chosen for all else.
 */
async function teamOfPost({ said, account, platform }: Request, store: Store) {
  if (said.kind !== 'button' && said.kind !== 'form') return undefined;
  const saved = readButtonId(said.id);
  const [, id] = (saved && 'run' in saved && / post:(\d+)(?: |$)/.exec(saved.run)) || [];
  const post = id === undefined ? undefined : await store.post(Number(id));
  if (!post) return undefined;
  const workspaces = await store.workspacesOf(post.teamId, platform);
  const memberships = await store.membershipsOf(account);
  return memberships.find(({ workspace }) => workspaces.includes(workspace));
}

/**
 * The servers of an account, the chosen one first; also the person alone, where that was chosen or where there is
 * something that they would miss.
 */
export async function directTeams(account: string, store: Store): Promise<Membership[]> {
  const alone = workspaceOfOne(account);
  const all = await store.membershipsOf(account);
  const servers = all.filter(({ workspace }) => workspace !== alone);
  const chosen = all.find(({ workspace, chosenAt }) => workspace === alone && chosenAt);
  if (chosen) return all;
  const missed = all.find(({ workspace, hasContent }) => workspace === alone && hasContent);
  return missed && servers.length === 1 ? [...servers, { ...missed, name: ONLY_ME }] : servers;
}

const ONLY_ME = 'Only me';

/** The choice of a team for direct messages. */
export function askWhichTeam(account: string, teams: readonly Membership[]): Reply {
  const alone = workspaceOfOne(account);
  const servers = teams.filter(({ workspace }) => workspace !== alone).slice(0, MAX_SERVERS);
  return {
    title: 'Choose your team',
    visibility: 'private',
    blocks: [
      {
        kind: 'text',
        text: [
          'Direct messages with me count for one team. You can change it later with ',
          { command: 'me server' },
          '.',
        ],
      },
      {
        kind: 'select',
        label: 'Team',
        run: 'me server',
        option: 'workspace',
        choices: [
          ...servers.map(({ workspace, name }) => ({ label: name, value: workspace })),
          { label: ONLY_ME, value: alone },
        ],
      },
    ],
  };
}

/** A select has 25 choices, and one is the person alone. */
const MAX_SERVERS = 24;

/** Somebody left a server: they are told, and the choice falls away. */
export async function leaveTeam(
  { workspace, name }: Place,
  { account, store }: { account: string; store: Store },
): Promise<Reply> {
  await store.dropMembership(account, workspace);
  const left = say([
    "You're no longer in ",
    { bold: name },
    ', so direct messages no longer count for its team. Your points there are kept.',
  ]);
  const others = await directTeams(account, store);
  if (others.length === 0) return left;
  const { blocks } = askWhichTeam(account, others);
  return { ...left, blocks: [...left.blocks, ...blocks] };
}

/** Without an answer nobody acts in a team. */
export const unknownMembership = (
  { name }: Pick<Place, 'name'>,
  { displayName }: Pick<PlatformOfRequest, 'displayName'>,
) =>
  `${displayName} didn't tell me whether you're still in ${name}. Try again in a few minutes, or run the command in the server.`;
