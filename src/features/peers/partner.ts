import { distance } from 'fastest-levenshtein';
import type { Difficulty } from '../../core/questions/schema.ts';
import { runLine } from '../../spine/button.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Button } from '../../spine/reply.ts';
import { lobbyButton } from './cards.ts';

/** Somebody who can be invited. */
export type Partner = { account: string; personId: string; name: string };

/** Teammates offered as buttons. */
const MAX_OFFERED = 5;

/**
 * The account and person behind what was typed: an account of the same workspace, since anybody may type any, or the
 * name of somebody whom the bot knows in the team.
 *
 * @throws UserError when there is none, or none who could say yes; it offers teammates.
 */
export async function findPartner(
  typed: string,
  level: Difficulty | undefined,
  context: Context,
): Promise<Partner> {
  const { store, platform, account, clock, seed } = context;
  const workspace = account.includes('/')
    ? account.slice(0, account.lastIndexOf('/') + 1)
    : `${platform.name}:`;
  if (!typed.startsWith(workspace)) return personNamed(typed, level, context);
  await refuseStranger(typed, context);
  const partner = await store.personFor({
    account: typed,
    name: 'your teammate',
    newPersonId: seed,
    at: clock.now(),
  });
  return { account: typed, personId: partner.id, name: partner.name };
}

async function personNamed(
  typed: string,
  level: Difficulty | undefined,
  context: Context,
): Promise<Partner> {
  const name = typed.replace(/^@/, '').trim();
  const known = await knownPeople(name, context);
  const named = known.filter((each) => isCalled(each.name, name));
  const [only, ...namesakes] = named;
  if (only && namesakes.length === 0) {
    await refuseStranger(only.account, context);
    return only;
  }
  const buttons = (only ? named : nearestFirst(known, name))
    .filter(({ personId }) => personId !== context.person.id)
    .slice(0, MAX_OFFERED)
    .map((each) => inviteButton(each, level));
  throw new UserError(
    [
      only ? `More than one person here is called "${name}".` : `I can't find "${name}" here.`,
      buttons.length > 0 ? ' Select a teammate' : ' Choose a person from the list',
      ', or get matched.',
    ],
    { buttons: [...buttons, lobbyButton()] },
  );
}

/** Somebody who hides their name is found by it, and not offered to those who don't know it. */
async function knownPeople(name: string, { store, team, platform }: Context): Promise<Partner[]> {
  const mates = (await store.teammates(team.id, platform.name)).filter(
    (each) => !each.isHidden || isCalled(each.name, name),
  );
  const named = platform.namesPeople ? await store.accountsNamed(platform.name, name) : [];
  const others = named.filter(({ account }) => mates.every((each) => each.account !== account));
  return [...mates, ...others];
}

/** By the whole name or its first word. */
function isCalled(name: string, typed: string): boolean {
  const own = name.toLowerCase();
  const wanted = typed.toLowerCase();
  return own === wanted || own.split(/\s+/)[0] === wanted;
}

function nearestFirst(known: readonly Partner[], typed: string): Partner[] {
  const steps = ({ name }: Partner) => distance(name.toLowerCase(), typed.toLowerCase());
  return [...known].sort((one, other) => steps(one) - steps(other));
}

function inviteButton({ name, account }: Partner, level: Difficulty | undefined): Button {
  return {
    label: `Invite ${name}`,
    run: runLine('mock', { mode: 'peer', with: account, ...(level ? { level } : {}) }),
  };
}

/** @throws UserError for whoever could never say yes. */
async function refuseStranger(account: string, { platform }: Context): Promise<void> {
  const stranger = await platform.stranger?.(account);
  if (!stranger || stranger === 'unknown') return;
  const who =
    stranger === 'bot'
      ? "That's an app, and an interview needs 2 people."
      : `That person isn't in this ${platform.placeWord}, so I can't invite them.`;
  throw new UserError(`${who} Choose a teammate, or get matched.`, { buttons: [lobbyButton()] });
}
