import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import cron from 'node-cron';
import type { Installing } from './adapters/slack/installing/oauth.ts';
import { assemble, elapsedMs, onSignal } from './assemble.ts';
import { type Config, isOnSlack, isPublic } from './config.ts';
import type { Clock } from './core/time.ts';
import { createHeartbeat, type Observed } from './heartbeat.ts';
import { createHttp } from './http.ts';
import { watchMinutes } from './jobs/minutes.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { lazyDraw } from './pictures/lazy.ts';
import type { Store } from './queries.ts';
import { settleMemory } from './runtime.ts';
import type { Bot } from './spine/command.ts';
import type { Emit } from './spine/event.ts';
import type { Adapter } from './spine/platform.ts';
import { openInstallations } from './store/installations.ts';
import { openStore } from './store/open.ts';
import { watchStorage } from './store/storage.ts';
import { warmUp } from './warm-up.ts';

const systemClock: Clock = { now: () => new Date() };

/** Milliseconds of processor time that this process has used. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Runs the adapters whose tokens are set, until a signal ends them. */
export async function serve(config: Config): Promise<void> {
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
