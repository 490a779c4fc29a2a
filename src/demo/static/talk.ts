import type * as served from '../../adapters/web/page/talk.ts';
import type { Begun } from './begin.ts';
import { fetchAll, fetched } from './fetching.ts';

/** Takes the place of asking a server in the static demo: the machine runs in this page. */

/** What the page says when the machine fails. */
export const GONE = 'The demo could not be loaded. Reload the page to try again.';

/** Today's question as the build left it, which is shown while the machine is loading, and what each tap leads to. */
const begun = fetched('begin.json').then(
  // The build and this page are made from one definition of it.
  (bytes) => JSON.parse(new TextDecoder().decode(bytes)) as Begun,
);
let isLoading = true;
/** What was tapped while it was loading, and is shown already: the machine hears it before anything else. */
let tapped: Parameters<typeof served.say> | undefined;
let show: Parameters<typeof served.listen>[0]['take'] = () => {};

const machine = begun.then(async () => {
  const sqlite = fetchAll();
  const { startMachine } = await import('./machine.ts');
  const started = await startMachine(sqlite);
  isLoading = false;
  if (tapped) await heard(started, ...tapped);
  return started;
});

type Machine = Awaited<ReturnType<typeof import('./machine.ts').startMachine>>;

const heard = async (
  { say }: Machine,
  ...[actor, gesture]: Parameters<typeof served.say>
): ReturnType<typeof served.say> =>
  (await say({ delivery: crypto.randomUUID(), ...actor, gesture })) ?? { kind: 'nothing' };

export const listen: typeof served.listen = async ({ take, tell, ready }) => {
  try {
    ready('Loading the demo team…');
    show = take;
    take((await begun).first);
    (await machine).listen(take);
    const isKept = await keepForOffline().catch(() => false);
    ready(`${isKept ? 'Ready offline. ' : ''}Nothing you do here is sent anywhere.`);
  } catch (error) {
    ready('');
    tell(GONE);
    throw error;
  }
};

/** True once another visit needs no network. */
async function keepForOffline(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  await navigator.serviceWorker.register('offline.js');
  await navigator.serviceWorker.ready;
  return true;
}

export const say: typeof served.say = async (actor, gesture) => {
  const { taps } = await begun;
  const tap = gesture.kind === 'press' && isLoading && !tapped ? taps[gesture.id] : undefined;
  if (!tap) return heard(await machine, actor, gesture);
  tapped = [actor, gesture];
  for (const change of tap.changes) show(change);
  return tap.outcome;
};
export const suggest: typeof served.suggest = async (asked) => (await machine).suggest(asked);
export const jump: typeof served.jump = async (words) => (await machine).jump(words);
export const setFault: typeof served.setFault = async (fault, isOn) =>
  (await machine).setFault(fault, isOn);
export const reset: typeof served.reset = async () => (await machine).reset();
