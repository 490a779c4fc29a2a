import { isOutside, type Tree } from '../render/tree.ts';
import { instantText, type Reader } from './times.ts';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes elements of a drawn tree. Text goes in as text, and an attribute that could run a script is
 * refused, so nothing that somebody wrote can become markup.
 */
export function build(tree: Tree, space?: string): Node {
  if (typeof tree === 'string') return document.createTextNode(tree);
  const inside = tree.tag === 'svg' ? SVG : space;
  const element = inside
    ? document.createElementNS(inside, tree.tag)
    : document.createElement(tree.tag);
  for (const [name, value] of Object.entries(tree.attributes)) {
    if (value === undefined) continue;
    if (!isHarmless(name, value)) throw new Error(`The attribute ${name} is not allowed`);
    element.setAttribute(name, value === true ? '' : value);
  }
  for (const child of tree.children) element.append(build(child, inside));
  return element;
}

function isHarmless(name: string, value: string | true): boolean {
  if (/^on|^style$|^srcdoc$|^formaction$/i.test(name)) return false;
  if (name !== 'href' && name !== 'src') return true;
  return typeof value === 'string' && (/^\/(?!\/)|^blob:/.test(value) || isOutside(value));
}

/** An element of the page that must be there. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}`);
  return found;
}

type Is<T extends Element> = { new (): T };

/** The same, of a certain kind. */
export function findById<T extends HTMLElement>(id: string, kind: Is<T>): T {
  const found = byId(id);
  if (!(found instanceof kind)) throw new Error(`#${id} is another kind of element`);
  return found;
}

/** The element itself or the nearest one around it that matches. */
export function around(target: EventTarget | null, selector: string): HTMLElement | undefined {
  const found = target instanceof Element ? target.closest(selector) : null;
  return found instanceof HTMLElement ? found : undefined;
}

/** Every element inside that matches. */
export function inside<T extends HTMLElement>(
  parent: ParentNode,
  selector: string,
  kind: Is<T>,
): T[] {
  return [...parent.querySelectorAll(selector)].filter((each): each is T => each instanceof kind);
}

/** Writes every instant inside in the reader's zone, as its platform would. */
export function showTimes(parent: ParentNode, reader: Reader): void {
  for (const element of parent.querySelectorAll('time[data-unix]')) {
    const at = new Date(Number(element.getAttribute('data-unix')) * 1000);
    if (Number.isNaN(at.getTime())) continue;
    element.setAttribute('datetime', at.toISOString());
    element.textContent = instantText(at, element.getAttribute('data-show') ?? 'f', reader);
  }
}
