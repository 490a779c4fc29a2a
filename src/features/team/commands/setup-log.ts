import { z } from 'zod';
import { type Context, defineCommand } from '../../../spine/command.ts';
import type { PartHealth } from '../../../spine/health.ts';
import type { Block, Text } from '../../../spine/reply.ts';
import type { OutboxRow } from '../../../store/schema.ts';
import { waysOn } from '../../daily/reposting.ts';
import { changeTable } from '../../daily/setting-changes.ts';
import { errorName } from '../../daily/setup-panel.ts';

export const setupLog = defineCommand({
  name: 'setup log',
  summary: 'Show the connections, recent errors, and recent changes',
  example: 'setup log',
  visibility: 'private',
  onlyShows: true,
  hidden: true,
  access: 'admin',
  input: z.object({}),

  async run(_, context) {
    const { store, team, health } = context;
    const problems = await store.recentProblems(team.id, 5);
    const blocks = [
      ...healthFields(health()),
      ...problemTable(problems),
      ...(await waysOut(problems, context)),
      ...changeTable(await store.settingChangesOf(team.id, 5)),
    ];
    const nothing: Block = { kind: 'text', text: 'No errors and no changes yet.' };
    return { title: 'Errors and changes', blocks: blocks.length > 0 ? blocks : [nothing] };
  },
});

type Field = { label: string; value: Text };

/** How the connections and the database are. */
function healthFields(parts: readonly PartHealth[]): Block[] {
  if (parts.length === 0) return [];
  const fields = parts.map(({ part, title, health }): Field => {
    const isPlatform = part !== 'database';
    if (health.ok) return { label: title, value: isPlatform ? 'connected' : 'working' };
    const state = isPlatform ? 'not connected since ' : 'not working since ';
    return {
      label: title,
      value: [state, { time: health.since, show: 'moment' }, `. ${health.words}`],
    };
  });
  return [{ kind: 'fields', fields }];
}

function problemTable(problems: readonly OutboxRow[]): Block[] {
  if (problems.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Recent errors',
      columns: [{ label: 'What' }, { label: 'Why' }],
      rows: problems.map((row) => [errorName(row), row.problem ?? 'unknown']),
    },
  ];
}

/** What can be done about the latest question that didn't arrive, or about what belongs to it. */
async function waysOut(problems: readonly OutboxRow[], { store }: Context): Promise<Block[]> {
  for (const { postId, what, state } of problems) {
    const post = postId === null || what === 'notice' ? undefined : await store.post(postId);
    if (!post || (state !== 'failed' && state !== 'lost')) continue;
    // It may have arrived at a later try.
    if (what === 'question' && post.state !== state) continue;
    return [{ kind: 'buttons', buttons: waysOn({ ...post, state }) }];
  }
  return [];
}
