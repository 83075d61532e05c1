import { customerNumber } from './phone';
import type { ReportDefinition, ReportRecord } from './report';
import { numberIn } from './values';

/**
 * Conversations that customers rated, each with its answers in `csat`.
 *
 * Simplified keeps who was rated by whom, when, and what was said; of the answers, how many ratings and their average.
 * Where each answer is an item, Simplified keeps when and about whom it was, what was asked, and what was answered.
 */
export const csat: ReportDefinition = {
	operation: 'getCsat',
	title: 'CSAT',
	rowsAre: 'customer satisfaction ratings',
	description: 'Rated conversations with the survey answers that customers gave',
	path: '/manage/api/analytics/csat',
	id: '_id',
	shown: { paging: false, times: true, filters: [] },
	timeField: 'start_time',
	timeFormat: 'clusterText',
	filters: [
		{ parameter: 'direction', field: 'direction', sentAs: 'notSent', inRows: true },
		{ parameter: 'teamName', field: 'team_name', sentAs: 'notSent', inRows: true },
		{ parameter: 'userDisplayName', field: 'user_display_name', sentAs: 'notSent', inRows: true },
	],
	columns: [
		{ name: '_id', type: 'text' },
		{ name: 'csat', type: 'json' },
		{ name: 'direction', type: 'text' },
		{ name: 'caller', type: 'text' },
		{ name: 'callee', type: 'text' },
		{ name: 'user_display_name', type: 'text' },
		{ name: 'team_name', type: 'text' },
		{ name: 'start_time', type: 'time' },
		{ name: 'end_time', type: 'time' },
		{ name: 'duration', type: 'duration' },
		{ name: 'acw_duration', type: 'duration' },
		{ name: 'conversation_tags', type: 'json' },
		{ name: 'notes', type: 'text' },
	],
	added: [
		{ name: 'answers', type: 'json' },
		{ name: 'rating_count', type: 'number' },
		{ name: 'rating_average', type: 'number' },
	],
	derived: [customerNumber],
	simplified: [
		'_id',
		'start_time',
		'user_display_name',
		'team_name',
		'direction',
		'phone_number',
		'duration',
		'rating_count',
		'rating_average',
		'notes',
	],
	groups: { agent: 'user_display_name', team: 'team_name', direction: 'direction', tag: 'conversation_tags' },
	answers: {
		field: 'csat',
		columns: [
			{ name: 'answer_id', type: 'text' },
			{ name: 'question_number', type: 'number' },
			{ name: 'question', type: 'text' },
			{ name: 'answer', type: 'text' },
			{ name: 'rating', type: 'number' },
			{ name: 'timestamp', type: 'time' },
		],
		simplified: [
			'_id',
			'answer_id',
			'start_time',
			'user_display_name',
			'team_name',
			'question_number',
			'question',
			'answer',
			'rating',
			'timestamp',
		],
	},
};

/**
 * One answer of a survey, taken apart. `rating` is the answer as a number, whatever the scale: 10 and 4.5 are ratings, and
 * ' 4 ' is 4. It is null where the answer is missing or no number ('five', '4,5', '').
 */
export type SurveyAnswer = {
	answer_id: unknown;
	question_number: number | null;
	question: unknown;
	/** As the customer gave it; null where there is none. */
	answer: unknown;
	rating: number | null;
	timestamp: unknown;
};

/** Bounds of a rating, both inclusive; null is open. */
export interface RatingBounds {
	min: number | null;
	max: number | null;
}

/** The answers of a conversation, in the order in which Samespace lists them. */
export function surveyAnswers(record: ReportRecord): SurveyAnswer[] {
	return sentAnswers(record).map(surveyAnswer);
}

/** Whether a rating lies within the bounds. No rating lies only within bounds that are both open. */
export function isWithin(rating: number | null, { min, max }: RatingBounds): boolean {
	if (min === null && max === null) return true;
	return rating !== null && (min === null || rating >= min) && (max === null || rating <= max);
}

/** Whether any answer's rating lies within the bounds. Bounds that are both open take a conversation without answers too. */
export function hasRatingWithin(record: ReportRecord, bounds: RatingBounds): boolean {
	if (bounds.min === null && bounds.max === null) return true;
	return sentAnswers(record).some(({ answer }) => isWithin(numberIn(answer), bounds));
}

/** How many answers of a conversation lie within the bounds. */
export function answersWithin(record: ReportRecord, bounds: RatingBounds): number {
	return sentAnswers(record).filter(({ answer }) => isWithin(numberIn(answer), bounds)).length;
}

function sentAnswers({ csat: list }: ReportRecord): ReportRecord[] {
	return Array.isArray(list) ? list.filter(isObject) : [];
}

/** Samespace writes `SURVEY_ANSWER_3:How courteous was the agent?`. A question without that prefix stays whole. */
function surveyAnswer(sent: ReportRecord): SurveyAnswer {
	const parts = typeof sent.question === 'string' ? numberedQuestion.exec(sent.question) : null;
	return {
		answer_id: sent._id ?? null,
		question_number: parts ? Number(parts[1]) : null,
		question: parts ? parts[2] : (sent.question ?? null),
		answer: sent.answer ?? null,
		rating: numberIn(sent.answer),
		timestamp: sent.timestamp ?? null,
	};
}

const numberedQuestion = /^SURVEY_ANSWER_(\d{1,9}):\s*([^]*)$/;

function isObject(value: unknown): value is ReportRecord {
	return typeof value === 'object' && value !== null;
}
