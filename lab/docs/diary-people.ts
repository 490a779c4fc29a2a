/** Somebody whose sixty days of practice are played. */
export type DiaryPerson = {
  id: string;
  title: string;
  about: string;
  /** The chance that they know something they never met here. */
  knows: number;
  /** Days after which half of what they met is forgotten; it doubles each time. */
  halfLife: number;
  /** What they do on a day, counted from 1. */
  does(day: number): Act[];
  /** The days of which the diary shows something, and which act of it. */
  shown: { day: number; act: number; why: string; from?: string }[];
};

/** A line that is typed, and what is answered to its end; `today` is what the path has for today. */
export type Act = { line: string; play?: 'quiz' | 'review' | 'interview' | 'today' };

const review: Act = { line: 'review', play: 'review' };
const quiz = (line: string): Act => ({ line, play: 'quiz' });
const interview: Act = { line: 'mock 15 style:strict', play: 'interview' };
const today: Act = { line: '', play: 'today' };
const progress: Act = { line: 'me progress' };

export const PEOPLE: DiaryPerson[] = [
  {
    id: 'kim',
    title: 'Kim, keen',
    about: 'Reviews every day, takes a quiz every day, and an interview every Friday.',
    knows: 0.6,
    halfLife: 8,
    does: (day) => [
      review,
      quiz('quiz count:5 new:yes'),
      ...(day % 7 === 5 ? [interview] : []),
      ...(day % 20 === 0 ? [progress] : []),
    ],
    shown: [
      { day: 5, act: 2, why: 'The first interview' },
      { day: 12, act: 2, why: 'A week later', from: 'Question 1 came back' },
      { day: 60, act: 2, why: 'After sixty days', from: 'You answered' },
    ],
  },
  {
    id: 'lee',
    title: 'Lee, away for two weeks',
    about: 'Practices on weekdays with 10 cards a day, and is away from day 21 to day 34.',
    knows: 0.5,
    halfLife: 5,
    does: (day) => {
      if (day === 1) return [{ line: 'review cards:10' }, quiz('quiz')];
      if (day === 36) return [review, { line: 'review' }];
      if (day % 7 === 6 || day % 7 === 0 || (day > 20 && day < 35)) return [];
      return [
        review,
        ...(day % 2 === 0 ? [quiz('quiz count:10 new:yes')] : []),
        ...(day === 58 ? [progress] : []),
      ];
    },
    shown: [
      { day: 36, act: 0, why: 'The first day back' },
      { day: 36, act: 1, why: 'And once more on that day' },
      { day: 58, act: 2, why: 'Three weeks later', from: 'Recall by chapter, weeks' },
    ],
  },
  {
    id: 'ola',
    title: 'Ola, a beginner',
    about: 'Follows path A on three days a week.',
    knows: 0.3,
    halfLife: 4,
    does: (day) => {
      if (day === 1)
        return [
          { line: 'path start:a' },
          { line: 'path action:placement', play: 'quiz' },
          { line: 'path' },
        ];
      if (![1, 3, 5].includes(day % 7)) return [];
      return [{ line: 'path' }, review, today];
    },
    shown: [
      { day: 1, act: 0, why: 'The path' },
      { day: 15, act: 0, why: 'Two weeks later', from: 'Your steps' },
      { day: 59, act: 0, why: 'After sixty days', from: 'Your steps' },
    ],
  },
  {
    id: 'pat',
    title: 'Pat, interview in 20 days',
    about: 'Prepares for a date with 30 minutes a day, and does what the plan says.',
    knows: 0.5,
    halfLife: 6,
    does: (day) => {
      if (day === 1)
        return [
          { line: 'path date:"in 20 days" minutes:30' },
          { line: 'path action:placement', play: 'quiz' },
        ];
      if (day > 24 && day < 60) return [];
      if (day === 10) return [{ line: 'path action:plan' }, review, today];
      if (day % 6 === 0 && day < 20) return [{ line: 'path' }, interview];
      if (day >= 21) return [{ line: 'path' }];
      return [{ line: 'path' }, review, today];
    },
    shown: [
      { day: 1, act: 0, why: 'A date' },
      { day: 10, act: 0, why: 'The plan halfway' },
      { day: 21, act: 0, why: 'The day of the interview' },
      { day: 60, act: 0, why: 'Weeks later' },
    ],
  },
];
