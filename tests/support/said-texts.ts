import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

/** A text that the source says somewhere: its fixed parts, and where it stands. */
export type SaidText = { where: string; text: string; parts: string[] };

const SOURCE = resolve(import.meta.dirname, '../../src');

/** Folders and files whose words reach people in a reply. */
const SPEAKING = /^(commands|bot|jobs)\//;

/**
 * Titles, plain sentences and errors of replies, read from the source: what stands in `say(…)`, in
 * `new UserError(…)` and behind `title:`. What is filled in while running matches anything.
 */
export function saidTexts(): SaidText[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => SPEAKING.test(file) && file.endsWith('.ts'))
    .flatMap((file) => textsIn(file, readFileSync(join(SOURCE, file), 'utf8')));
}

function textsIn(file: string, content: string): SaidText[] {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.ES2023, true);
  const found: SaidText[] = [];
  const visit = (node: ts.Node) => {
    for (const expression of spoken(node)) {
      const line = source.getLineAndCharacterOfPosition(expression.getStart()).line + 1;
      for (const parts of readings(expression)) {
        // A text without a word of its own cannot be told from any other.
        if (parts.join('').replace(/[^\p{L}]/gu, '').length < 4) continue;
        found.push({ where: `${file}:${line}`, text: parts.join('…'), parts });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function spoken(node: ts.Node): ts.Expression[] {
  if (ts.isNewExpression(node) && node.expression.getText() === 'UserError')
    return node.arguments ? [...node.arguments.slice(0, 1)] : [];
  if (ts.isCallExpression(node) && node.expression.getText() === 'say') return [...node.arguments];
  const isTitle = ts.isPropertyAssignment(node) && node.name.getText() === 'title';
  return isTitle && isInReply(node) ? [node.initializer] : [];
}

/** A reply has blocks beside its title; a message action and a chart have none. */
function isInReply(node: ts.PropertyAssignment): boolean {
  const names = node.parent.properties.map((each) => each.name?.getText());
  return names.includes('blocks');
}

/** The fixed parts of every text that an expression can become; what is between them varies. */
function readings(expression: ts.Expression): string[][] {
  if (ts.isStringLiteralLike(expression)) return [[expression.text]];
  if (ts.isTemplateExpression(expression))
    return [[expression.head.text, ...expression.templateSpans.map(({ literal }) => literal.text)]];
  if (ts.isConditionalExpression(expression))
    return [...readings(expression.whenTrue), ...readings(expression.whenFalse)];
  if (ts.isParenthesizedExpression(expression)) return readings(expression.expression);
  if (ts.isArrayLiteralExpression(expression)) {
    const parts = expression.elements.filter(ts.isStringLiteralLike).map(({ text }) => text);
    return parts.length > 0 ? [parts] : [];
  }
  return [];
}

/** True when the fixed parts stand in these words, one after the other. */
export function isSaid({ parts }: SaidText, words: string): boolean {
  let at = 0;
  for (const part of parts) {
    const found = words.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
