import { column, isNumber, isThere, type Condition, type Measure } from './measure';

const list = 'answers';
const scale = [1, 2, 3, 4, 5];

/** The one-to-five scale of CSAT; a number off it stays a rating of the mean but is no part of CSAT %. */
const onScale: Condition = {
	says: 'rating is 1, 2, 3, 4 or 5',
	holds: (answer) => typeof answer.rating === 'number' && scale.includes(answer.rating),
};
const satisfied: Condition = {
	says: 'rating is 4 or 5',
	holds: (answer) => answer.rating === 4 || answer.rating === 5,
};

/** Figures of answers, of all or of one question. */
function answerMeasures(each?: string): Measure[] {
	return [
		{ is: 'count', name: 'answers', each },
		{ is: 'count', name: 'answered_questions', each, where: [isThere('answer')] },
		{ is: 'count', name: 'ratings', each, where: [isNumber('rating')] },
		{ is: 'sum', name: 'rating_total', each, of: column('rating') },
		{ is: 'ratio', name: 'rating_average', of: 'rating_total', over: 'ratings' },
		...scale.map((rating): Measure => ({ is: 'count', name: `rating_${rating}`, each, where: [rated(rating)] })),
		{ is: 'count', name: 'satisfied_ratings', each, where: [satisfied] },
		{ is: 'count', name: 'valid_ratings', each, where: [onScale] },
		{ is: 'ratio', name: 'csat_percent', of: 'satisfied_ratings', over: 'valid_ratings', times: 100 },
	];
}

function rated(rating: number): Condition {
	return { says: `rating = ${rating}`, holds: (answer) => answer.rating === rating };
}

/** Summary of rated conversations: CSAT % is the share of satisfied customers (4 and 5) among ratings from 1 to 5. */
export const csatMeasures: readonly Measure[] = [
	{ is: 'count', name: 'conversations' },
	...answerMeasures(list),
	{
		is: 'table',
		name: 'questions',
		each: list,
		by: ['question_number', 'question'],
		measures: answerMeasures(),
	},
];
