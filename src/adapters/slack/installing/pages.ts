import type { ServerResponse } from 'node:http';

/** A page that a person sees while they install the app. */
type Page = { title: string; text: string; link?: { label: string; url: string } };

/** Nothing of these pages is loaded from elsewhere, and they are shown in no frame. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const STYLE =
  'body{font:17px/1.5 system-ui,sans-serif;max-width:32em;margin:15vh auto;padding:0 1em;color:#1d1c1d;background:#fff}' +
  'a{display:inline-block;padding:.6em 1.2em;border-radius:6px;background:#4a154b;color:#fff}' +
  '@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}}';

/** Writes a page as the whole answer to a request. */
export function sendPage(response: ServerResponse, status: number, page: Page): void {
  response.writeHead(status, HEADERS).end(htmlOf(page));
}

/** The page from which somebody goes to Slack; `url` is Slack's, with our state. */
export const installPage = (url: string): string =>
  htmlOf({
    title: 'Add Warmup to Slack',
    text: 'Warmup posts one interview question a day, and helps you practice. Slack shows what it may do before you allow it.',
    link: { label: 'Add to Slack', url },
  });

function htmlOf({ title, text, link }: Page): string {
  const button = link
    ? `<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`
    : '';
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style>` +
    `<main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${button}</main></html>`
  );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
