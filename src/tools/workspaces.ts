import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { KEEP_DAYS } from '../jobs/cleanup.ts';
import type { Store } from '../queries.ts';
import { DatabaseError } from '../store/database-error.ts';
import type { WorkspaceRow } from '../store/queries/workspaces/workspaces.ts';
import type { WorkspaceChange } from '../store/schema.ts';
import { openConfigured } from './copies/configured.ts';

/**
 * Lists the servers and workspaces that the bot knows, and stops or starts it in one of them. The bot can go on
 * meanwhile: it looks at each request and before each message.
 *
 *     npm run -s workspaces
 *     npm run -s workspaces -- stop slack:T0123ABCD --note "Floods its channel"
 *     npm run -s workspaces -- start slack:T0123ABCD
 */
const USAGE =
  'Run it as: npm run -s workspaces -- [list | stop ID | start ID] [--note "why"]. IDs are in the list, like slack:T0123ABCD.';

const DAY_MS = 24 * 3_600_000;

const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);

function stateOf({ leftAt, stoppedAt }: WorkspaceRow): string {
  if (leftAt) {
    const until = new Date(leftAt.getTime() + KEEP_DAYS.departures * DAY_MS);
    return `removed on ${dayOf(leftAt)}, deleted after ${dayOf(until)}`;
  }
  return stoppedAt ? `stopped on ${dayOf(stoppedAt)}` : 'on';
}

function lineOf(row: WorkspaceRow, change: WorkspaceChange | undefined): string {
  const people = row.people === 1 ? '1 person' : `${row.people} people`;
  const note = change?.note ? ` (${change.what}: ${change.note})` : '';
  return `${row.id}  ${row.team}  ${people}  ${stateOf(row)}${note}`;
}

async function list(store: Store): Promise<number> {
  const rows = await store.listWorkspaces();
  const changes = new Map(
    (await store.workspaceChanges()).map((each) => [each.workspaceId, each] as const),
  );
  for (const row of rows) console.log(lineOf(row, changes.get(row.id)));
  if (rows.length === 0) console.log('No one has used Warmup in a server or workspace yet.');
  return 0;
}

async function turn(
  store: Store,
  workspace: string,
  { isStopped, note }: { isStopped: boolean; note: string | undefined },
): Promise<number> {
  const found = (await store.listWorkspaces()).find(({ id }) => id === workspace);
  if (!found) {
    console.error(`I don't know the workspace "${workspace}". ${USAGE}`);
    return 2;
  }
  const isChanged = await store.stopWorkspace({ workspace, isStopped, note, at: new Date() });
  const state = isStopped ? 'off' : 'on';
  console.log(
    isChanged
      ? `Warmup is ${state} in ${found.team} (${workspace}) now.`
      : `Warmup was ${state} in ${found.team} (${workspace}) already.`,
  );
  return 0;
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { note: { type: 'string' } },
    allowPositionals: true,
  });
  const [what = 'list', workspace, ...more] = positionals;
  const isList = what === 'list' && !workspace;
  if (!isList && (!['stop', 'start'].includes(what) || !workspace || more.length > 0)) {
    console.error(USAGE);
    return 2;
  }
  const read = readConfig();
  if ('problems' in read) {
    for (const { variable, message } of read.problems) console.error(`${variable} ${message}`);
    return 2;
  }
  const { store, close } = await openConfigured(read.config);
  try {
    if (isList || !workspace) return await list(store);
    return await turn(store, workspace, { isStopped: what === 'stop', note: values.note });
  } finally {
    await close();
  }
}

try {
  process.exitCode = await run();
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error;
  if (!(error instanceof DatabaseError) && !isUsage) throw error;
  console.error(isUsage ? USAGE : error.message);
  process.exitCode = 2;
}
