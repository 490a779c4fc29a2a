import type { Tree } from '../../../src/adapters/web/render/tree.ts';

const EMPTY = new Set(['br', 'hr', 'img', 'input']);

/** A drawn tree as HTML, with everything that somebody wrote escaped. */
export function htmlOf(tree: Tree): string {
  if (typeof tree === 'string') return escaped(tree);
  const attributes = Object.entries(tree.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`))
    .join('');
  if (EMPTY.has(tree.tag)) return `<${tree.tag}${attributes}>`;
  return `<${tree.tag}${attributes}>${tree.children.map(htmlOf).join('')}</${tree.tag}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** Every element of a tree. */
export function elementsOf(tree: Tree): Exclude<Tree, string>[] {
  return typeof tree === 'string' ? [] : [tree, ...tree.children.flatMap(elementsOf)];
}
