import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

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

/**
 * Lets in who has the link with the key, which a cookie keeps from then on: other users of this machine reach the same
 * port.
 */
export function onlyWith(key: string): MiddlewareHandler {
  return async (context, next) => {
    const given = context.req.query('key');
    if (given === undefined && isSame(getCookie(context, cookieOf(context)) ?? '', key))
      return next();
    if (given === undefined || !isSame(given, key))
      return context.text('Open the link that Warmup shows in its terminal.', 403);
    setCookie(context, cookieOf(context), key, { httpOnly: true, sameSite: 'Strict', path: '/' });
    const { pathname, searchParams } = new URL(context.req.url);
    searchParams.delete('key');
    const rest = searchParams.toString();
    return context.redirect(rest ? `${pathname}?${rest}` : pathname);
  };
}

/** Browsers keep cookies by name, whatever the port. */
const cookieOf = (context: Context) =>
  `warmup-${(context.req.header('host') ?? '').replace(/^.*:/, '')}`;

/** In a time that says nothing about how much of it is right. */
function isSame(given: string, key: string): boolean {
  const [one, other] = [given, key].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
