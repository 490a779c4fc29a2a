import { wordsWithoutSecrets } from '../core/calculators/serving/secrets.ts';
import { createDirectTeams, type Settled } from './access/direct-team.ts';
import { placeGone } from './access/gone.ts';
import { isForTeam } from './access/membership.ts';
import { createQuota, type QuotaKind } from './access/quota.ts';
import { unknownRole } from './access/role.ts';
import { buttonId, named, runLine } from './button.ts';
import type { Bot, Command, Context, Step } from './command.ts';
import { type BotParts, contextOf } from './context.ts';
import { createDeliveries } from './deliveries.ts';
import { isStorageFailure, UserError } from './errors.ts';
import type { WorkOnFile } from './files.ts';
import { formatOptionErrors } from './grammar/parse-errors.ts';
import {
  addParseProblems,
  namedLine,
  type ParsedRequest,
  parseRequest,
  withSubmittedText,
  withUnread,
} from './grammar/parse-request.ts';
import { formFor, refusedForm } from './missing.ts';
import { followRequest } from './outcome.ts';
import type { Block, Reply } from './reply.ts';
import type { Request } from './request.ts';
import { suggestions } from './suggest.ts';
import { teamCatalog } from './team-catalog.ts';

/**
 * Every request of every platform goes through here: parse, check, run, and errors into words.
 * `settle` resolves once it is remembered which deliveries were answered.
 */
export function createBot(parts: BotParts): Bot & { settle(): Promise<void> } {
  const { commands, store, clock } = parts;
  const quota = createQuota(clock);
  const deliveries = createDeliveries(parts);
  const directTeam = createDirectTeams(parts);
  const settle = (request: Request) => directTeam(request, parts.facts(request));
  const listed = commands.filter(({ hidden }) => !hidden).map(({ name }) => name);
  return {
    commands,
    prepare: (request) => {
      const running = { parts, quota, deliveries, settle, request };
      return charged(running, () => prepare(running));
    },
    storeDelivery: (delivery) => deliveries.store(delivery),
    settle: () => deliveries.settle(),
    suggest: async (request, commandName, optionName, typed) => {
      const option = named(commands, commandName)?.options.find((each) => each.name === optionName);
      const list = option?.suggests;
      if (!list || quota.waitForCosts(request.account, 'work') > 0) return [];
      return charged({ parts, quota, request }, async () => {
        const { workspace } = (await settle(request)).request;
        const team = await store.teamStateOf(workspace);
        const catalog = team ? await teamCatalog(parts, team) : parts.catalog;
        return suggestions(list, typed, { ...catalog, commands: listed });
      });
    },
    named: (line) => namedLine(line, parts),
    left: (workspace) => store.leaveWorkspace(workspace, clock.now()),
    joined: (workspace) => store.returnToWorkspace(workspace, clock.now()),
    present: (platform, all, isOurs = () => true) =>
      store.settleWorkspaces({ platform, present: all, isOurs, at: clock.now() }),
    gone: (platform, place) => placeGone(parts, platform, place),
  };
}

/** What the answering of one request needs. */
type Running = {
  parts: BotParts;
  quota: ReturnType<typeof createQuota>;
  deliveries: ReturnType<typeof createDeliveries>;
  /** The team that a direct message is for. */
  settle(request: Request): Promise<Settled>;
  request: Request;
};

/**
 * Charges a person with the work that is done for their request, until it ends or first waits for something outside:
 * what others ask for in the meantime is not theirs.
 */
async function charged<T>(
  { parts, quota, request }: Omit<Running, 'deliveries' | 'settle'>,
  work: () => Promise<T>,
): Promise<T> {
  const { meter } = parts;
  if (!meter) return work();
  const begun = meter();
  let isOver = false;
  const charge = () => {
    if (!isOver) quota.charge(request.account, meter() - begun, 'work');
    isOver = true;
  };
  const waiting = setImmediate(charge);
  try {
    return await work();
  } finally {
    clearImmediate(waiting);
    charge();
  }
}

/**
 * Counts a request before anything of it is read, since reading costs time too.
 *
 * @throws UserError for a person who sent too many, or too costly ones.
 */
function count({ parts, quota, request }: Running, kind: QuotaKind): void {
  // What was acknowledged is answered, however much was asked for since.
  if (parts.isUnlimited || request.isRerun) return;
  const workMs = quota.waitForCosts(request.account, 'work');
  if (workMs > 0)
    throw new UserError(`Your last requests took a lot of computing. ${tryAgain(workMs)}`);
  const waitMs = quota.take(request.account, kind);
  if (waitMs > 0) throw new UserError(`Too many requests. ${tryAgain(waitMs)}`);
}

function tryAgain(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  return `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
}

/** Work on files for people whose last ones did not take the worker from everybody else for too long. */
function rationed({ parts, quota }: Pick<Running, 'parts' | 'quota'>): WorkOnFile {
  return async (work, person) => {
    const waitMs = parts.isUnlimited ? 0 : quota.waitForCosts(person, 'files');
    if (waitMs > 0) throw new UserError(`Your last files took a lot of work. ${tryAgain(waitMs)}`);
    return parts.workOnFile(work, person, (ms) => quota.charge(person, ms, 'files'));
  };
}

async function prepare(arrived: Running): Promise<Step> {
  const { parts, deliveries } = arrived;
  const { delivery, isRerun } = arrived.request;
  const outcome = followRequest(parts, arrived.request);
  try {
    count(arrived, 'normal');
    const { request, instead, refusal } = await arrived.settle(arrived.request);
    const running = { ...arrived, request };
    const context = await contextOf(request, { ...parts, workOnFile: rationed(running) });
    const asked = await parseRequest(request, context, parts);
    if (!asked) {
      await deliveries.pass(request);
      return { kind: 'nothing' };
    }
    outcome.isFor(asked.command.name);
    if (context.isStopped) throw stoppedHere(context);
    if (instead && isForTeam(asked.command.name)) {
      await deliveries.pass(request);
      outcome.done('replied');
      return { kind: 'run', visibility: 'private', run: instead };
    }
    if (asked.fromForm) addParseProblems(asked, context.catalog);
    const form = await formFor(asked, context, () => checkUnfinished(asked, running));
    if (form) {
      await deliveries.pass(request);
      outcome.done('form');
      return { kind: 'form', form };
    }
    if (!(await deliveries.begin(request, asked.command.onlyShows(asked.values)))) {
      outcome.done('repeated');
      return { kind: 'nothing' };
    }
    const work = async () => {
      const reply =
        (await refusal?.(asked)) ??
        withReadBack(await charged(running, () => runChecked(asked, context, running)), asked);
      outcome.done('replied');
      return reply;
    };
    const failed = async (error: unknown) => {
      if (isRerun && isStorageFailure(error)) throw error;
      const refusal = withSubmittedText(outcome.failed(error), asked);
      if (!asked.fromForm || !(error instanceof UserError)) return storeLongButtons(refusal, parts);
      const problem = { text: error.text, ...(error.option ? { field: error.option } : {}) };
      const again = await refusedForm(asked, problem, context).catch(() => undefined);
      return again ? { ...refusal, form: again } : refusal;
    };
    return {
      kind: 'run',
      visibility: isPosted(asked) ? 'public' : asked.command.visibility,
      meanwhile: asked.command.meanwhile,
      run: () => deliveries.during(delivery, () => work().catch(failed)),
    };
  } catch (error) {
    if (isRerun && isStorageFailure(error)) throw error;
    const reply = withUnread(outcome.failed(error), arrived.request.said);
    const run = async () => storeLongButtons(await deliveries.fail(arrived.request, reply), parts);
    return { kind: 'run', visibility: 'private', run };
  }
}

/** Runs a command whose input is right, for a person who may use it and not too often. */
async function runChecked(
  asked: ParsedRequest,
  context: Context,
  running: Running,
): Promise<Reply> {
  const { parts } = running;
  const { command, values, problems } = asked;
  if (problems.length > 0) throw new UserError(formatOptionErrors(command, problems.slice(0, 1)));
  const parsed = command.parse(values);
  if (!parsed.ok) {
    throw new UserError(formatOptionErrors(command, parsed.problems));
  }
  checkChannels(asked, context);
  await checkAccess(command, parsed.input, running);
  if (command.heavy) count(running, 'heavy');
  const reply = await command.run(parsed.input, context);
  return storeLongButtons(withPostHere(reply, asked, context), parts);
}

/** A name that was typed isn't a channel yet: only its mention, or the list, says which one is meant. */
function checkChannels({ command, values }: ParsedRequest, { platform: { channelId } }: Context) {
  for (const { name, kind } of command.options) {
    const value = values[name];
    if (kind === 'channel' && channelId && typeof value === 'string' && !channelId.test(value))
      throw new UserError(
        `I can't tell which channel "${value.slice(0, 80)}" is. Select it from the list, or mention it so that it becomes a link.`,
        { option: name },
      );
  }
}

/** The host has stopped the bot in this workspace. */
function stoppedHere({ platform }: Context): UserError {
  return new UserError(
    `Warmup is turned off in this ${platform.placeWord} by the person who hosts it. Nothing is lost: your answers and points are kept.`,
  );
}

/** A typed estimate says first what it understood. */
function withReadBack(reply: Reply, { readBack }: ParsedRequest): Reply {
  if (readBack === undefined || readBack === '') return reply;
  return { ...reply, blocks: [{ kind: 'text', text: readBack }, ...reply.blocks] };
}

const isPosted = ({ command, values }: ParsedRequest) =>
  command.mayBePosted === true && values['private'] === false;

/** What one person asked for alone, with a button that posts it; what is private beside it, such as the steps, has none. */
function withPostHere(reply: Reply, asked: ParsedRequest, { place }: Context): Reply {
  const { command, values } = asked;
  const isDone = isPosted(asked) || place.kind === 'direct' || reply.visibility === 'private';
  if (!command.mayBePosted || isDone) return reply;
  const line: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...values, private: 'no' })) {
    // A file is read from the message that it came with.
    if (typeof value === 'object' && !Array.isArray(value)) return reply;
    // What was pasted may hold keys, and a long button is stored.
    if (value !== undefined) line[name] = wordsWithoutSecrets(String(value));
  }
  const post = { label: 'Post here', run: runLine(command.name, line) };
  const last = reply.blocks.at(-1);
  return last?.kind === 'buttons'
    ? {
        ...reply,
        blocks: [...reply.blocks.slice(0, -1), { ...last, buttons: [...last.buttons, post] }],
      }
    : { ...reply, blocks: [...reply.blocks, { kind: 'buttons', buttons: [post] }] };
}

/** Checks a command of which something is still missing: the defaults and what was given say who may use it. */
function checkUnfinished({ command, values }: ParsedRequest, running: Running): Promise<void> {
  const defaults = command.options.map((option) => [option.name, option.default]);
  return checkAccess(command, { ...Object.fromEntries(defaults), ...values }, running);
}

/** @throws UserError for a person who may not use a command with this input. */
async function checkAccess(
  command: Command,
  input: unknown,
  { parts, request }: Running,
): Promise<void> {
  if (command.accessFor(input) !== 'admin') return;
  const platform = parts.facts(request);
  const isAdmin = request.isElsewhere
    ? await platform.isAdmin?.(request.workspace, request.account)
    : request.isAdmin;
  if (isAdmin === undefined) throw unknownRole({ platform });
  if (isAdmin) return;
  throw new UserError([
    `Only ${platform.placeWord} admins can use `,
    // What only buttons run has no line to name.
    ...(command.hidden ? ['this.'] : [{ command: command.name }, ' this way.']),
    ' Ask an admin to run it.',
  ]);
}

/** Buttons that are too long for a platform are stored, and run by their hash. */
async function storeLongButtons(reply: Reply, { store, clock }: BotParts): Promise<Reply> {
  for (const { run, option } of runsOf(reply.blocks)) {
    const { stored } = buttonId(run, option);
    if (stored) await store.saveCommand(stored.hash, stored.run, clock.now());
  }
  return reply;
}

function runsOf(blocks: readonly Block[]): { run: string; option?: string }[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons.map(({ run }) => ({ run }));
    if (block.kind === 'select') return [{ run: block.run, option: block.option }];
    return [];
  });
}
