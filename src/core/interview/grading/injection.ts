/** Text that talks to the grader instead of the interviewer. Such sentences are cut, the rest is graded. */
const TO_THE_GRADER: readonly RegExp[] = [
  /\b(?:score|grade|rating|mark|points?)\s*[:=]\s*(?:\d|full|max|perfect|excellent|[a-f]\b)/i,
  /\b(?:give|award|assign|grant)\b[^.\n]{0,40}\b(?:\d+\s*(?:\/|out of)\s*\d+|full (?:score|marks?|credit|points)|(?:maximum|highest|top|perfect) (?:score|grade|marks?|rating))/i,
  /\bmark\b[^.\n]{0,40}\b(?:as|all|every)\b[^.\n]{0,30}\b(?:correct|covered|complete|passed|full)\b/i,
  /\ball (?:the )?(?:key )?points? (?:are|were|have been|is) (?:covered|met|satisfied|correct)/i,
  /^\s*[<[(]*\/?(?:system|assistant|developer|grader|instructions?)\s*[>\])]*\s*[:>]/i,
  /\b(?:grader|evaluator|judge|examiner|rubric)\b[^.\n]{0,50}\b(?:must|should|shall|has to|needs? to|please)\b/i,
  /\b(?:this|the|my) (?:answer|response|candidate)\b[^.\n]{0,40}\b(?:is|was|deserves?|answered|should (?:get|receive|be))\b[^.\n]{0,30}\b(?:perfect(?:ly)?|full|complete(?:ly)?|10|100|maximum|excellent|correct(?:ly)?)\b/i,
];

/** Also suspicious, but a right answer about prompt injection may quote it. */
const QUOTABLE: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b[^.\n]{0,30}\b(?:previous|prior|above|earlier|all|your|the)\b[^.\n]{0,20}\b(?:instructions?|rules?|rubric|prompts?|guidelines?|directions?)\b/i,
  /\byou are now\b/i,
  /\b(?:new|updated) (?:system )?(?:instructions?|prompt)\s*:/i,
  /\bact as\b[^.\n]{0,30}\b(?:grader|evaluator|examiner|lenient)\b/i,
];

/** Words of grading: two of them in a sentence talk about the grade, unless the question is about such words. */
const GRADING =
  /\b(?:rubrics?|graders?|grading|graded|examiners?|evaluators?|committee|submission|key ?points?|full (?:marks?|credit)|marked as|word runs?|keywords?|candidate|complete answer)\b/gi;

/** Parts an answer into what is graded and what was addressed to the grader. */
export function cutInjection(
  sentences: readonly string[],
  { aboutInjection, words }: { aboutInjection: boolean; words: string },
): { kept: string[]; cut: string[] } {
  const patterns = aboutInjection ? TO_THE_GRADER : [...TO_THE_GRADER, ...QUOTABLE];
  const kept: string[] = [];
  const cut: string[] = [];
  for (const sentence of sentences) {
    const isCut =
      patterns.some((pattern) => pattern.test(sentence)) || isOnGrading(sentence, words);
    (isCut ? cut : kept).push(sentence);
  }
  return { kept, cut };
}

function isOnGrading(sentence: string, words: string): boolean {
  const found = new Set(sentence.toLowerCase().match(GRADING));
  return [...found].filter((word) => !words.includes(word)).length >= 2;
}
