/** An answer as dictation leaves it: no capitals, no punctuation but inside numbers and formulas, no line breaks. */
export function spoken(answer: string): string {
  return answer
    .toLowerCase()
    .replace(/[.,;:!?"]+(?=\s|$)/g, '')
    .replace(/[()"]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
