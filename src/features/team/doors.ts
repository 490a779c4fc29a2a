import type { Context } from '../../spine/command.ts';
import type { Block, Button } from '../../spine/reply.ts';

/** The three ways in for a person who has answered nothing yet; undefined for everyone else. */
export async function doorBlocks({ store, person, team }: Context): Promise<Block[] | undefined> {
  if ((await store.nextDue(person.id)) !== undefined) return undefined;
  const [post] = await store.openPosts(team.id);
  const buttons: Button[] = [
    { label: '5-minute quiz', run: 'quiz count:3', opens: true },
    { label: 'Mock interview', run: 'mock mode:solo minutes:15' },
  ];
  if (post)
    buttons.unshift({ label: "Today's question", run: `answer post:${post.id}`, style: 'primary' });
  return [
    { kind: 'text', text: 'Three ways to start:' },
    { kind: 'buttons', buttons },
  ];
}
