import type { MiddlewareHandler } from 'hono';

/** Names of this machine; a page of another name must not reach the playground through it. */
const HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
};

/** Keeps other sites out: they may neither read the playground nor act in it. */
export const guard: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host') ?? '';
  if (!HOSTS.has(host.replace(/:\d+$/, '')))
    return context.text('Open this page on localhost.', 403);
  if (context.req.method !== 'GET' && !isOurs(context.req.header(), host)) {
    return context.text('Only the page itself can do this.', 403);
  }
  await next();
  for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
  return undefined;
};

/** Another site can send neither this content type nor this origin without asking first. */
function isOurs(headers: Record<string, string | undefined>, host: string): boolean {
  const { origin, 'content-type': type } = headers;
  const isJson = type?.startsWith('application/json') ?? false;
  return isJson && (origin === undefined || origin === `http://${host}`);
}
