import type { Tables } from './connection.ts';
import { postgresTable } from './postgres-tables.ts';
import * as schema from './schema.ts';

// By name, since drizzle-kit looks for tables among what a file exports.
export const people = postgresTable(schema.people);
export const accounts = postgresTable(schema.accounts);
export const teams = postgresTable(schema.teams);
export const workspaces = postgresTable(schema.workspaces);
export const workspaceChanges = postgresTable(schema.workspaceChanges);
export const slackInstallations = postgresTable(schema.slackInstallations);
export const memberships = postgresTable(schema.memberships);
export const schedules = postgresTable(schema.schedules);
export const settingChanges = postgresTable(schema.settingChanges);
export const posts = postgresTable(schema.posts);
export const attempts = postgresTable(schema.attempts);
export const aids = postgresTable(schema.aids);
export const freeTextAnswers = postgresTable(schema.freeTextAnswers);
export const votes = postgresTable(schema.votes);
export const reveals = postgresTable(schema.reveals);
export const ledger = postgresTable(schema.ledger);
export const groups = postgresTable(schema.groups);
export const groupMembers = postgresTable(schema.groupMembers);
export const badges = postgresTable(schema.badges);
export const standings = postgresTable(schema.standings);
export const sums = postgresTable(schema.sums);
export const unranked = postgresTable(schema.unranked);
export const cards = postgresTable(schema.cards);
export const cardSteps = postgresTable(schema.cardSteps);
export const practices = postgresTable(schema.practices);
export const learningPaths = postgresTable(schema.learningPaths);
export const knownBefore = postgresTable(schema.knownBefore);
export const ownQuestions = postgresTable(schema.ownQuestions);
export const suggestions = postgresTable(schema.suggestions);
export const reports = postgresTable(schema.reports);
export const interviews = postgresTable(schema.interviews);
export const turns = postgresTable(schema.turns);
export const cases = postgresTable(schema.cases);
export const personRatings = postgresTable(schema.personRatings);
export const itemRatings = postgresTable(schema.itemRatings);
export const peerSessions = postgresTable(schema.peerSessions);
export const peerMarks = postgresTable(schema.peerMarks);
export const peerForms = postgresTable(schema.peerForms);
export const lobby = postgresTable(schema.lobby);
export const calibrations = postgresTable(schema.calibrations);
export const examinerCards = postgresTable(schema.examinerCards);
export const liveRounds = postgresTable(schema.liveRounds);
export const liveQuestions = postgresTable(schema.liveQuestions);
export const livePlayers = postgresTable(schema.livePlayers);
export const liveAnswers = postgresTable(schema.liveAnswers);
export const reminders = postgresTable(schema.reminders);
export const digests = postgresTable(schema.digests);
export const outbox = postgresTable(schema.outbox);
export const deliveries = postgresTable(schema.deliveries);
export const savedCommands = postgresTable(schema.savedCommands);

/** True when two types are the same. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

// Compiles only while this file has each table of `schema.ts`, with the same rows.
true satisfies Same<typeof import('./schema.pg.ts'), Tables>;
