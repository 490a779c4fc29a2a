import { randomBytes, randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { Installing } from './adapters/slack/installing/oauth.ts';
import type { Web } from './adapters/web/index.ts';
import { type AppParts, createApp } from './app.ts';
import { readCatalog } from './catalog.ts';
import { type Config, isPublic, readConfig } from './config.ts';
import type { Catalog } from './core/catalog.ts';
import type { Examiner } from './core/interview/examiner.ts';
import type { Clock } from './core/time.ts';
import { demoStart } from './demo/days.ts';
import { countedIds, movableClock } from './demo/demo.ts';
import { createHeartbeat, type Observed } from './heartbeat.ts';
import { createHttp } from './http.ts';
import { watchMinutes } from './jobs/minutes.ts';
import { createLog } from './log.ts';
import { PAGE } from './paths.ts';
import { lazyDraw } from './pictures/lazy.ts';
import type { Store } from './queries.ts';
import { settleMemory } from './runtime.ts';
import type { Bot } from './spine/command.ts';
import { UserError } from './spine/errors.ts';
import type { Emit } from './spine/event.ts';
import type { Adapter } from './spine/platform.ts';
import { DatabaseError } from './store/database-error.ts';
import { openInstallations } from './store/installations.ts';
import { openStore } from './store/open.ts';
import { watchStorage } from './store/storage.ts';
import { readVersion, USAGE } from './usage.ts';
import { warmUp } from './warm-up.ts';

const systemClock: Clock = { now: () => new Date() };
/** Goes on evenly, whatever is done to that clock. */
const elapsedMs = () => performance.now();

/** Milliseconds of processor time that this process has used. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The machine that the configuration asks for, around one database and one clock. */
async function assemble(
  config: Config,
  parts: Pick<
    AppParts,
    'store' | 'clock' | 'meter' | 'emit' | 'isUnlimited' | 'newId' | 'process' | 'storage'
  >,
) {
  const { catalog, problems } = readCatalog();
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const examiner = await readExaminer(config, parts.clock, parts.emit);
  return createApp({ ...parts, catalog, wakeUps: 'all', ...(examiner ? { examiner } : {}) });
}

/** The optional examiner, loaded only when it is wanted. */
async function readExaminer(
  { EXAMINER, EXAMINER_KEY: key }: Config,
  clock: Clock,
  emit: Emit,
): Promise<Examiner | undefined> {
  if (!EXAMINER) return undefined;
  const { createExaminer } = await import('./examiner/examine.ts');
  return createExaminer({
    endpoint: { ...EXAMINER, key },
    clock,
    nonce: randomUUID,
    onFailure: (error) =>
      emit({ kind: 'failed', where: 'examiner', reference: randomUUID().slice(0, 6), error }),
  });
}

/** Runs the adapters whose tokens are set, until a signal ends them. */
async function serve(config: Config): Promise<void> {
  const [{ createMetrics }, { default: cron }] = await Promise.all([
    import('./metrics.ts'),
    import('node-cron'),
  ]);
  const metrics = createMetrics(systemClock);
  const log = createLog(config.LOG_LEVEL, (line) => process.stdout.write(line));
  const emit: Emit = (event) => {
    log(event);
    metrics.count(event);
  };
  outliveFailures(emit);
  const storage = watchStorage(systemClock, elapsedMs);
  const database = await openStore(config.DATABASE_URL, {
    clock: systemClock,
    elapsedMs,
    onFailure: storage.failed,
    aroundCommit(commit) {
      const began = elapsedMs();
      commit();
      metrics.committed(elapsedMs() - began);
    },
    ...(config.ANSWER_KEY ? { answerKey: config.ANSWER_KEY } : {}),
  });
  const { store, clock } = database;
  const machine = await assemble(config, { store, clock, meter: processorMs, emit, storage });
  const observed: Observed = {
    platforms: () => [...machine.platforms.keys()],
    backlog: store.backlog,
    health: machine.health,
  };
  metrics.observe(observed);
  const beat = config.HEARTBEAT_URL
    ? createHeartbeat(config.HEARTBEAT_URL, clock, observed)
    : async () => {};
  if (database.upgradedFrom) emit({ kind: 'upgraded', copy: database.upgradedFrom });
  let isReady = false;
  const readiness = async () => ({ isReady, parts: await machine.health() });
  const { PORT, METRICS_PORT = isPublic(config) ? undefined : PORT } = config;
  const http = createHttp(readiness, PORT === METRICS_PORT ? metrics.page : undefined);
  if (PORT) await http.listen(PORT, config.BIND_ADDRESS);
  const watched = createHttp(readiness, metrics.page);
  if (METRICS_PORT && METRICS_PORT !== PORT)
    await watched.listen(METRICS_PORT, config.BIND_ADDRESS, 'METRICS_PORT');
  const adapters: Adapter[] = [];
  let minutes: ReturnType<typeof watchMinutes> | undefined;
  const stop = async () => {
    isReady = false;
    emit({ kind: 'stopping', what: 'warmup' });
    minutes?.stop();
    await Promise.all([machine.settle(), ...adapters.map((adapter) => adapter.stop())]);
    await machine.bot.settle();
    await Promise.all([http.close(), watched.close()]);
    await database.close();
  };
  onSignal(() => {
    // What a platform does not answer in time is settled by the next start.
    setTimeout(() => process.exit(0), STOP_MS).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
  const draw = lazyDraw((error) =>
    emit({ kind: 'failed', where: 'pictures', reference: randomUUID().slice(0, 6), error }),
  );
  const ways = { bot: machine.bot, store, clock, emit, draw, mount: http.mount };
  for (const start of wantedAdapters(config, ways)) {
    const adapter = await start();
    adapters.push(adapter);
    machine.platforms.set(adapter.platform.name, adapter.platform);
    emit({ kind: 'started', what: adapter.platform.name });
  }
  const tick = () => machine.ticker.tick().then(metrics.ticked).then(beat);
  // Its own timer would sleep for as long as the clock is set back, and warn of each minute skipped.
  const schedule = cron.createTask('* * * * *', () => {});
  minutes = watchMinutes({
    clock,
    elapsedMs,
    isDue: (instant) => schedule.match(instant),
    onMinute: () => {
      tick();
      machine.health();
      database.dropOldCopy(clock.now());
    },
    onSetBack: (ms) => machine.setBack(ms),
  });
  // The rules of the zones may be newer than those by which the schedules were planned.
  await store.lookAtAllSchedules();
  // What an earlier process promised does not wait for the warm-up.
  await Promise.all([
    tick(),
    warmUp({
      platform: 'terminal',
      catalog: machine.context.catalog,
      store,
      clock,
      // What people ask for is told, not what is played before they come.
      emit: (event) => event.kind === 'failed' && emit(event),
      ...(config.DISCORD_TOKEN ? { draw } : {}),
    }),
  ]);
  settleMemory();
  isReady = true;
}

/**
 * A promise that nobody waits for takes nothing else along. An exception that nobody caught may have
 * left anything half done, such as an open transaction that all later commits would wait for: the
 * process ends, and the next start answers what was acknowledged.
 */
function outliveFailures(emit: Emit): void {
  const tell = (where: string) => (error: unknown) =>
    emit({ kind: 'failed', where, reference: randomUUID().slice(0, 6), error });
  process.on('unhandledRejection', tell('unhandled rejection'));
  process.on('uncaughtException', (error) => {
    tell('uncaught exception')(error);
    process.exit(1);
  });
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

/** What an adapter is started with, beside its tokens. */
type Ways = {
  bot: Bot;
  store: Store;
  clock: Clock;
  emit: Emit;
  draw: ReturnType<typeof lazyDraw>;
  mount(listener: RequestListener): void;
};

/** The adapters whose tokens are set; each is loaded only when it is wanted. */
function wantedAdapters(config: Config, ways: Ways): (() => Promise<Adapter>)[] {
  const { DISCORD_TOKEN: discord } = config;
  return [
    ...(discord ? [() => onDiscord(discord, config, ways)] : []),
    ...(isOnSlack(config) ? [() => onSlack(config, ways)] : []),
  ];
}

async function onDiscord(
  token: string,
  config: Config,
  { bot, clock, emit, draw }: Ways,
): Promise<Adapter> {
  const { startDiscord } = await import('./adapters/discord/index.ts');
  return startDiscord({
    bot,
    token,
    emit,
    clock,
    typedAnswers: config.TYPED_ANSWERS === 'on',
    draw,
    ...(config.DISCORD_API_URL ? { apiUrl: config.DISCORD_API_URL } : {}),
    ...shardsOf(config),
  });
}

/** Which of Discord's shards this process serves, where there is more than one. */
function shardsOf({ SHARDS, SHARD_COUNT: count }: Config) {
  if (count === undefined) return {};
  return { shards: { ids: SHARDS ?? Array.from({ length: count }, (_, id) => id), count } };
}

/** In one workspace by its token, or in all that install the app. */
const isOnSlack = (config: Config) => Boolean(config.SLACK_BOT_TOKEN || config.SLACK_CLIENT_ID);

async function onSlack(config: Config, { store, ...ways }: Ways): Promise<Adapter> {
  const { startSlack } = await import('./adapters/slack/index.ts');
  return startSlack({
    ...ways,
    botToken: config.SLACK_BOT_TOKEN,
    installing: await readInstalling(config, store, ways.clock),
    appToken: config.SLACK_APP_TOKEN,
    signingSecret: config.SLACK_SIGNING_SECRET,
    apiUrl: config.SLACK_API_URL,
  });
}

/** What many Slack workspaces need; undefined where there is one. */
async function readInstalling(
  config: Config,
  store: Store,
  clock: Clock,
): Promise<Installing | undefined> {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = config;
  const { SLACK_INSTALLATION_KEY: key, SLACK_INSTALLATION_KEY_OLD: oldKey } = config;
  if (!clientId || !clientSecret || !key) return undefined;
  return {
    clientId,
    clientSecret,
    installations: await openInstallations(store, {
      keys: oldKey ? [key, oldKey] : [key],
      clock,
      newId: randomUUID,
    }),
    extras: { typedAnswers: config.TYPED_ANSWERS === 'on', files: config.SLACK_FILES === 'on' },
  };
}

/** Somebody sits in front of it; a pipe is neither greeted nor shown a page. */
const isPerson = Boolean(process.stdin.isTTY && process.stdout.isTTY);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const locale = 'en-GB';

/** The playground in the browser, with demo teams of its own; loaded only when it is wanted. */
async function openPage(config: Config, catalog: Catalog): Promise<Web> {
  const { startWeb } = await import('./adapters/web/index.ts');
  const { createPlayground } = await import('./demo/playground.ts');
  const start = demoStart(zone);
  return startWeb({
    open: createPlayground({ catalog, start, zone, locale }),
    // Without a renderer the text says what the picture would.
    draw: lazyDraw(() => {}),
    page: PAGE,
    key: randomBytes(16).toString('base64url'),
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
  const clock = movableClock(demoStart(zone));
  const level = config.LOG_LEVEL === 'info' ? 'error' : config.LOG_LEVEL;
  const database = await openStore(':memory:', { clock, elapsedMs });
  const machine = await assemble(config, {
    store: database.store,
    clock,
    emit: createLog(level, (line) => process.stderr.write(line)),
    isUnlimited: true,
    newId: countedIds(),
    process: 'demo',
  });
  const { runDemoTerminal } = await import('./demo/terminal.ts');
  const openBeside = () => openPage(config, machine.context.catalog).catch(tellProblem);
  await runDemoTerminal({
    machine,
    clock,
    zone,
    locale,
    isPerson,
    words,
    isJson,
    ...(hasPage ? { openPage: openBeside } : {}),
  });
  await database.close();
}

/** The terminal works without the page, so what keeps the page from starting is only told. */
function tellProblem(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
}

/** What an option says about the program itself. */
function aboutProgram(option: string): string | undefined {
  if (option === '--help' || option === '-h') return USAGE;
  return option === '--version' || option === '-v' ? `${readVersion()}\n` : undefined;
}

async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const about = given.map(aboutProgram).find((text) => text !== undefined);
  if (about !== undefined) {
    process.stdout.write(about);
    return;
  }
  const read = readConfig();
  if ('problems' in read) {
    for (const { variable, message } of read.problems)
      process.stderr.write(`${variable} ${message}\n`);
    process.exitCode = 1;
    return;
  }
  const { config } = read;
  const words = given.filter((word) => !['--no-web', '--web', '--json'].includes(word));
  const isTerminal = isPerson && words.length === 0;
  const hasTokens = Boolean(config.DISCORD_TOKEN) || isOnSlack(config);
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
