import { answer, type IncomingEvent, type ListenerContext } from './listener-context.ts';
import { show } from './views.ts';

/** The App Home of a person, as they opened it or as it is after what they did there. */
export function homeRequest(user: string, delivery: string): IncomingEvent {
  return {
    origin: { user, place: { channel: user, kind: 'direct' }, surface: 'home' },
    name: user,
    delivery,
    said: { kind: 'command', command: 'home', values: {} },
  };
}

/** The home follows what its person did in it, or in a window above it. */
export async function refreshHome(
  { origin, delivery }: IncomingEvent,
  desk: ListenerContext,
): Promise<void> {
  if (origin.surface === 'message') return;
  const home = homeRequest(origin.user, `home:${delivery}`);
  try {
    await show(home, await answer(home, desk), desk);
  } catch (error) {
    desk.report('slack home', error);
  }
}
