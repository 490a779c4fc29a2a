const TOKEN = /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:e[+-]?\d+)?|max|floor|[-+×/^(),]/y;

const FUNCTIONS = new Map([
  ['max', Math.max],
  ['floor', Math.floor],
]);

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    if (text[TOKEN.lastIndex] === ' ') {
      TOKEN.lastIndex += 1;
      continue;
    }
    const at = TOKEN.lastIndex;
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new SyntaxError(`no arithmetic at "${text.slice(at)}"`);
    tokens.push(token);
  }
  return tokens;
}

/**
 * The value of written arithmetic: `max(0, 2 × 1,024 - 3 ^ 2) / 1.5e+3`.
 *
 * @throws SyntaxError when the text is anything else, such as a sentence.
 */
export function evaluate(text: string): number {
  const tokens = tokensOf(text);

  function expect(token: string): void {
    const found = tokens.shift();
    if (found !== token) throw new SyntaxError(`"${token}" is missing in "${text}"`);
  }

  function list(): number[] {
    expect('(');
    const values = [sum()];
    while (tokens[0] === ',') {
      tokens.shift();
      values.push(sum());
    }
    expect(')');
    return values;
  }

  function atom(): number {
    const [next = ''] = tokens;
    if (next === '(') return list()[0] ?? Number.NaN;
    tokens.shift();
    if (next === '-') return -power();
    const named = FUNCTIONS.get(next);
    if (named) return named(...(list() as [number]));
    if (!/^\d/.test(next)) throw new SyntaxError(`a number is missing in "${text}"`);
    return Number(next.replaceAll(',', ''));
  }

  function power(): number {
    const base = atom();
    if (tokens[0] !== '^') return base;
    tokens.shift();
    return base ** power();
  }

  function term(): number {
    let value = power();
    while (tokens[0] === '×' || tokens[0] === '/') {
      value = tokens.shift() === '×' ? value * power() : value / power();
    }
    return value;
  }

  function sum(): number {
    let value = term();
    while (tokens[0] === '+' || tokens[0] === '-') {
      value = tokens.shift() === '+' ? value + term() : value - term();
    }
    return value;
  }

  const value = sum();
  if (tokens.length > 0) throw new SyntaxError(`too much in "${text}": ${tokens.join(' ')}`);
  return value;
}
