import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { LIMITS } from './limits.ts';
import { type Change, FAULTS, type ShownView } from './protocol.ts';
import { isObject, isText, readUserInput } from './requests.ts';
import { guard, onlyWith } from './security.ts';
import type { Session } from './session.ts';

/** The built page: what stands under `/assets/` and the two documents, by name. */
export type Assets = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** Views of every command, each played when somebody looks at it. */
export type Gallery = {
  list: readonly { id: string; title: string; command: string }[];
  view(id: string): Promise<ShownView | undefined>;
  file(view: string, id: string): Promise<FileOf>;
  stop(): Promise<void>;
};

type Parts = {
  session(): Promise<Session>;
  gallery?: Gallery | undefined;
  assets: Assets;
  /** Without it nobody gets in. */
  key?: string | undefined;
};

const TYPES = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
]);

/** Everything that the page may ask for; nothing else is answered. */
export function createApp(parts: Parts): Hono {
  const app = new Hono();
  app.use('*', guard);
  if (parts.key !== undefined) app.use('*', onlyWith(parts.key));
  app.use('*', bodyLimit({ maxSize: LIMITS.bodyBytes }));
  addPages(app, parts);
  if (parts.gallery) addGallery(app, parts.gallery, parts);
  addChanges(app, parts);
  addGestures(app, parts);
  return app;
}

function send(context: Context, { assets }: Parts, name: string) {
  const content = assets.get(name);
  if (!content) return context.notFound();
  const type = TYPES.get(name.replace(/^.*\./, '')) ?? 'application/octet-stream';
  return context.body(content, 200, { 'content-type': type });
}

function addPages(app: Hono, parts: Parts): void {
  app.get('/', (context) => send(context, parts, 'index.html'));
  app.get('/assets/:name', (context) => send(context, parts, context.req.param('name')));
}

/** Pictures are shown, everything else is only ever downloaded. */
function addFiles(app: Hono, path: string, find: (context: Context) => Promise<FileOf>): void {
  app.get(path, async (context) => {
    const file = await find(context);
    if (!file) return context.notFound();
    const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(file.mime);
    return context.body(new Uint8Array(file.content), 200, {
      'content-type': isPicture ? file.mime : 'application/octet-stream',
      ...(isPicture ? {} : { 'content-disposition': 'attachment' }),
    });
  });
}

type FileOf = ReturnType<Session['file']>;

function addGallery(app: Hono, gallery: Gallery, parts: Parts): void {
  app.get('/gallery', (context) => send(context, parts, 'gallery.html'));
  app.get('/gallery/:id', (context) => send(context, parts, 'gallery.html'));
  app.get('/api/gallery', (context) => context.json(gallery.list));
  app.get('/api/gallery/:id', async (context) => {
    const view = await gallery.view(context.req.param('id'));
    return view ? context.json(view) : context.notFound();
  });
  addFiles(app, '/gallery/:view/files/:id', (context) =>
    gallery.file(context.req.param('view') ?? '', context.req.param('id') ?? ''),
  );
}

function addChanges(app: Hono, { session }: Parts): void {
  app.get('/api/changes', async (context) => {
    const live = await session();
    return streamSSE(context, async (stream) => {
      const send = (change: Change) => stream.writeSSE({ data: JSON.stringify(change) });
      // Nothing may come between what stands and what is new, so both begin in one turn.
      const first = send({ kind: 'all', all: live.snapshot() });
      const stop = live.listen((change) => void send(change));
      await first;
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      stop();
    });
  });
  addFiles(app, '/files/:id', async (context) =>
    (await session()).file(context.req.param('id') ?? ''),
  );
}

function addGestures(app: Hono, { session }: Parts): void {
  app.post('/api/say', async (context) => {
    const said = readUserInput(await bodyOf(context));
    const outcome = said && (await (await session()).say(said));
    return outcome ? context.json(outcome) : context.text("I can't read this request.", 400);
  });
  app.post('/api/suggest', async (context) => {
    const { account, command, option, typed } = await bodyOf(context);
    if (!isText(account) || !isText(command) || !isText(option) || !isText(typed))
      return context.text("I can't read this request.", 400);
    return context.json(await (await session()).suggest({ account, command, option, typed }));
  });
  app.post('/api/jump', async (context) => {
    const { words } = await bodyOf(context);
    const isMoved = isText(words) && (await (await session()).jump(words));
    return context.json({ isMoved });
  });
  app.post('/api/fault', async (context) => {
    const { fault, isOn } = await bodyOf(context);
    const known = FAULTS.find((each) => each === fault);
    if (!known) return context.text('Unknown switch.', 400);
    (await session()).setFault(known, isOn === true);
    return context.json({ isOn: isOn === true });
  });
  app.post('/api/reset', async (context) => {
    await (await session()).reset();
    return context.json({ isReset: true });
  });
}

async function bodyOf(context: Context): Promise<Record<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => undefined);
  return isObject(body) ? body : {};
}
