import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import cron from 'node-cron';
import { createTerminal, type Terminal } from './adapters/terminal/index.ts';
import type { Web } from './adapters/web/index.ts';
import type { Bot } from './bot/command.ts';
import { createBot } from './bot/dispatch.ts';
import { UserError } from './bot/errors.ts';
import type { Emit } from './bot/event.ts';
import type { Adapter, Platform, PlatformFacts } from './bot/platform.ts';
import type { Chart } from './bot/reply.ts';
import type { PlatformName, Request } from './bot/request.ts';
import { readCatalog } from './catalog.ts';
import { COMMANDS } from './commands/index.ts';
import { type Config, readConfig } from './config.ts';
import type { Catalog } from './core/catalog.ts';
import type { Clock } from './core/time.ts';
import { countedIds, createDemo, demoStart, movableClock } from './demo.ts';
import { createHttp } from './http.ts';
import { createAlarm } from './jobs/alarm.ts';
import type { JobContext } from './jobs/job.ts';
import { createTicker } from './jobs/tick.ts';
import type { Judge } from './judge/judge.ts';
import { createLog } from './log.ts';
import type { Draw } from './pictures/png.ts';
import { DatabaseError, openSqlite } from './store/sqlite.ts';

const systemClock: Clock = { now: () => new Date() };

/** Everything between the database and the adapters, which are added one by one. */
async function assemble({
  config,
  clock,
  url,
  emit,
  isUnlimited = false,
  newId = randomUUID,
}: {
  config: Config;
  clock: Clock;
  url: string;
  emit: Emit;
  isUnlimited?: boolean;
  newId?: () => string;
}) {
  const { catalog, problems } = readCatalog();
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const database = openSqlite(url);
  const platforms = new Map<PlatformName, Platform>();
  const alarm = createAlarm(clock, () => ticker.tick());
  let isStopping = false;
  const context: JobContext = {
    store: database.store,
    catalog,
    clock,
    platforms,
    emit,
    newId,
    wakeAt: alarm.set,
    isStopping: () => isStopping,
  };
  const ticker = createTicker(context);
  /** Lets what is under way end, and begins nothing more. */
  const settle = async () => {
    isStopping = true;
    alarm.clear();
    await ticker.idle();
  };
  const judge = await readJudge(config, clock, emit);
  const bot = createBot({
    commands: COMMANDS,
    store: database.store,
    catalog,
    clock,
    isUnlimited,
    emit,
    newId,
    process: randomUUID(),
    facts: (request) => factsOf(request, platforms, config),
    wake: () => {
      setImmediate(() => ticker.tick());
    },
    ...(judge ? { judge } : {}),
  });
  return { bot, catalog, database, platforms, ticker, settle };
}

/** The optional judge, loaded only when it is wanted. */
async function readJudge(config: Config, clock: Clock, emit: Emit): Promise<Judge | undefined> {
  if (!config.JUDGE_URL || !config.JUDGE_MODEL) return undefined;
  const { createJudge } = await import('./judge/judge.ts');
  return createJudge({
    url: config.JUDGE_URL,
    model: config.JUDGE_MODEL,
    ...(config.JUDGE_KEY ? { key: config.JUDGE_KEY } : {}),
    clock,
    nonce: randomUUID,
    onFailure: (error) =>
      emit({ kind: 'failed', where: 'judge', reference: randomUUID().slice(0, 6), error }),
  });
}

function factsOf(
  { platform }: Request,
  platforms: ReadonlyMap<PlatformName, Platform>,
  config: Config,
): PlatformFacts & Pick<Platform, 'check'> {
  return {
    name: platform,
    privateReplies: true,
    words: platform === 'terminal' || config.TYPED_ANSWERS === 'on',
    rooms: platform !== 'terminal',
    check: async (channel) => (await platforms.get(platform)?.check(channel)) ?? [],
  };
}

/** Draws charts; the renderer is loaded with the first of them. */
function lazyDraw(onFailure: (error: unknown) => void): (chart: Chart) => ReturnType<Draw> {
  let drawing: Promise<Draw> | undefined;
  return async (chart) => {
    drawing ??= import('./pictures/png.ts').then(({ createDraw }) => createDraw(onFailure));
    return (await drawing)(chart);
  };
}

/** Runs the adapters whose tokens are set, until a signal ends them. */
async function serve(config: Config): Promise<void> {
  const emit = createLog(config.LOG_LEVEL, (line) => process.stdout.write(line));
  const parts = await assemble({ config, clock: systemClock, url: config.DATABASE_URL, emit });
  let isReady = false;
  const http = createHttp({ isReady: () => isReady });
  if (config.PORT) await http.listen(config.PORT);
  const adapters: Adapter[] = [];
  let task: ReturnType<typeof cron.schedule> | undefined;
  const stop = async () => {
    isReady = false;
    emit({ kind: 'stopping', what: 'warmup' });
    await task?.stop();
    await Promise.all([parts.settle(), ...adapters.map((adapter) => adapter.stop())]);
    await http.close();
    parts.database.close();
  };
  onSignal(() => {
    // What a platform does not answer in time is settled by the next start.
    setTimeout(() => process.exit(0), STOP_MS).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
  for (const start of wantedAdapters(config, { bot: parts.bot, emit, mount: http.mount })) {
    const adapter = await start();
    adapters.push(adapter);
    parts.platforms.set(adapter.platform.name, adapter.platform);
    emit({ kind: 'started', what: adapter.platform.name });
  }
  task = cron.schedule('* * * * *', () => parts.ticker.tick());
  isReady = true;
  await parts.ticker.tick();
}

/** Whoever stops a process waits ten seconds before they kill it. */
const STOP_MS = 9000;

/** Calls back at the first signal to end; later ones change nothing. */
function onSignal(stop: () => void): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!isStopping) stop();
      isStopping = true;
    });
  }
}

/** Starts the adapters whose tokens are set; each is loaded only when it is wanted. */
function wantedAdapters(
  config: Config,
  { bot, emit, mount }: { bot: Bot; emit: Emit; mount(listener: RequestListener): void },
): (() => Promise<Adapter>)[] {
  const { DISCORD_TOKEN, DISCORD_API_URL, SLACK_BOT_TOKEN } = config;
  const starts: (() => Promise<Adapter>)[] = [];
  if (DISCORD_TOKEN)
    starts.push(async () => {
      const { startDiscord } = await import('./adapters/discord/index.ts');
      return startDiscord({
        bot,
        token: DISCORD_TOKEN,
        emit,
        clock: systemClock,
        typedAnswers: config.TYPED_ANSWERS === 'on',
        draw: lazyDraw((error) =>
          emit({ kind: 'failed', where: 'pictures', reference: randomUUID().slice(0, 6), error }),
        ),
        ...(DISCORD_API_URL ? { apiUrl: DISCORD_API_URL } : {}),
      });
    });
  if (SLACK_BOT_TOKEN)
    starts.push(async () => {
      const { startSlack } = await import('./adapters/slack/index.ts');
      return startSlack({
        bot,
        botToken: SLACK_BOT_TOKEN,
        emit,
        clock: systemClock,
        mount,
        appToken: config.SLACK_APP_TOKEN,
        signingSecret: config.SLACK_SIGNING_SECRET,
        apiUrl: config.SLACK_API_URL,
      });
    });
  return starts;
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const locale = 'en-GB';

/** The playground in the browser, with demo teams of its own; loaded only when it is wanted. */
async function openPage(config: Config, catalog: Catalog): Promise<Web> {
  const { startWeb } = await import('./adapters/web/index.ts');
  const { createPlayground } = await import('./playground.ts');
  const start = demoStart(systemClock.now(), zone);
  return startWeb({
    open: createPlayground({ catalog, start, zone, locale }),
    // Without a renderer the text says what the picture would.
    draw: lazyDraw(() => {}),
    page: fileURLToPath(new URL('../dist/web/', import.meta.url)),
    ...(config.PORT ? { port: config.PORT } : {}),
  });
}

/** The page alone, without a terminal, until a signal ends it. */
async function servePage(config: Config): Promise<void> {
  const page = await openPage(config, readCatalog().catalog);
  process.stdout.write(`The playground is at ${page.url}\n`);
  await new Promise<void>(onSignal);
  await page.stop();
}

/** The terminal with the demo team, in a database and on a clock of its own. */
async function demonstrate(
  config: Config,
  words: string[],
  { hasPage, isJson }: { hasPage: boolean; isJson: boolean },
): Promise<void> {
  // A reader that has seen enough, such as head, closes the pipe.
  process.stdout.on('error', () => process.exit());
  const clock = movableClock(demoStart(systemClock.now(), zone));
  const emit = createLog(config.LOG_LEVEL === 'info' ? 'error' : config.LOG_LEVEL, (line) =>
    process.stderr.write(line),
  );
  const parts = await assemble({
    config,
    clock,
    url: ':memory:',
    emit,
    isUnlimited: true,
    newId: countedIds(),
  });
  let isQuiet = true;
  const write = (line: string) => {
    if (!isQuiet) process.stdout.write(`${line}\n`);
  };
  const demo = createDemo({
    ...parts,
    store: parts.database.store,
    clock,
    tick: parts.ticker.tick,
    zone,
    locale,
  });
  const terminal = createTerminal({
    bot: parts.bot,
    world: demo.world,
    look: { isColourful: Boolean(process.stdout.isTTY), zone, locale },
    write,
  });
  parts.platforms.set('terminal', terminal.platform);
  await demo.begin();
  isQuiet = false;
  const page = hasPage ? await openPage(config, parts.catalog).catch(tellProblem) : undefined;
  const line = words.map(quoted).join(' ');
  if (isJson) process.exitCode = (await terminal.json(line)) ? 0 : 1;
  else if (words.length > 0) await terminal.line(line);
  else await converse(terminal, page?.url);
  await page?.stop();
  // A wake-up comes in the next turn; what it sends is shown before the end.
  await nextTurn();
  await parts.ticker.idle();
  await parts.settle();
  parts.database.close();
}

/** The terminal works without the page, so what keeps the page from starting is only told. */
function tellProblem(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
}

/** A word of the command line that the shell had kept together stays together. */
function quoted(word: string): string {
  return /\s/.test(word)
    ? word.replace(/^([\w-]+[:=])?(.*)$/s, (_, name = '', text) => `${name}${JSON.stringify(text)}`)
    : word;
}

const isPerson = Boolean(process.stdin.isTTY && process.stdout.isTTY);

async function converse(terminal: Terminal, link: string | undefined): Promise<void> {
  const input = createInterface({
    input: process.stdin,
    terminal: isPerson,
    prompt: '> ',
    ...(isPerson ? { output: process.stdout } : {}),
  });
  if (isPerson) {
    terminal.welcome();
    if (link) process.stdout.write(`As Discord and Slack show it: ${link}\n\n`);
    await terminal.line('daily');
    input.prompt();
  }
  for await (const line of input) {
    if (!(await terminal.line(line))) break;
    if (isPerson) input.prompt();
  }
  input.close();
}

async function main(): Promise<void> {
  const read = readConfig();
  if ('problems' in read) {
    for (const { variable, message } of read.problems)
      process.stderr.write(`${variable} ${message}\n`);
    process.exitCode = 1;
    return;
  }
  const { config } = read;
  const given = process.argv.slice(2);
  const words = given.filter((word) => !['--no-web', '--web', '--json'].includes(word));
  const isTerminal = isPerson && words.length === 0;
  const hasTokens = Boolean(config.DISCORD_TOKEN || config.SLACK_BOT_TOKEN);
  if (given.includes('--web') && words.length === 0 && !isTerminal) await servePage(config);
  else if (hasTokens && words.length === 0 && !given.includes('--web')) await serve(config);
  else {
    const isJson = given.includes('--json');
    const hasPage = isTerminal && !isJson && !given.includes('--no-web');
    await demonstrate(config, words, { hasPage, isJson });
  }
}

main().catch((error: unknown) => {
  const known = error instanceof UserError || error instanceof DatabaseError;
  process.stderr.write(
    `${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
