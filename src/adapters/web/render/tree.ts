/** What a renderer draws: plain data, so that no text in it can become markup. */
export type Tree = string | Drawn;

/** One element; its children are text or elements. */
export type Drawn = { tag: string; attributes: Attributes; children: Tree[] };

/** Attributes by name; `true` stands for one without a value, `undefined` for none. */
type Attributes = Record<string, string | true | undefined>;

/** An element with its attributes and children. */
export function draw(tag: string, attributes: Attributes = {}, ...children: Tree[]): Drawn {
  return { tag, attributes, children };
}

/** An element with a class and nothing else. */
export function styled(tag: string, className: string, ...children: Tree[]): Drawn {
  return draw(tag, { class: className }, ...children);
}

/** A link that leaves the page; anything but a web or mail address stays text. */
export function linkOut(to: string, ...children: Tree[]): Tree {
  if (!isOutside(to)) return styled('span', 'no-link', ...children, ` (${to})`);
  return draw('a', { href: to, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

/** True for the addresses that a link may have. */
export function isOutside(to: string): boolean {
  return URL.canParse(to) && ['http:', 'https:', 'mailto:'].includes(new URL(to).protocol);
}

/** An instant, which the page shows in the reader's zone; `show` is the platform's own format. */
export function instant(unix: number, show: string, className = 'time'): Drawn {
  const at = new Date(unix * 1000);
  const text = Number.isNaN(at.getTime()) ? String(unix) : at.toISOString();
  return draw('time', { class: className, 'data-unix': String(unix), 'data-show': show }, text);
}

/** The words of a tree, in reading order. */
export function textContent(tree: Tree): string {
  return typeof tree === 'string' ? tree : tree.children.map(textContent).join('');
}
