import { calls, isAnswered, isInbound } from './calls';
import { csat } from './csat';
import { productivity } from './productivity';
import { sessionActivities, sessions, type SessionActivity } from './sessions';
import { numberIn, secondsIn } from './values';

export { answersWithin, hasRatingWithin, isWithin, surveyAnswers, type RatingBounds, type SurveyAnswer } from './csat';
export { calendarGroups, groupsOf, type CalendarGroup } from './groups';
export { isPhoneNumber, phoneKeyOf } from './phone';
export type { Range } from './range';
export { repeatedHours } from './repeatedHours';
export type { Column, ColumnGroup, ColumnType, DerivedColumn, FilterDefinition, ReportDefinition, ReportRecord } from './report';
export { farthestInstantMs, idOf, instantIn, isoOf, longestPath, numberIn, offsetText, textsIn, valueAt } from './values';

/** Every report, in the order of the form. A fifth one is a new file and one line here. */
export const reports = [calls, sessions, productivity, csat] as const;

const durations: ReadonlySet<string> = new Set(reports.flatMap(({ columns }) => columns.filter(({ type }) => type === 'duration').map(({ name }) => name)));

/** What reads the number in a column's values, null where there is none. Durations are read in seconds, however a cluster writes them. */
export function numberReader(column: string): (value: unknown) => number | null {
	return durations.has(column) ? secondsIn : numberIn;
}

export { calls, csat, isAnswered, isInbound, productivity, sessionActivities, sessions, type SessionActivity };
