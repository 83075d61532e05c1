import { column, isNumber, isThere, type Amount, type Condition, type Measure } from './measure';

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
	const asked: Amount = { is: 'count', each };
	const answers: Amount = { is: 'count', each, where: [isThere('answer')] };
	const ratings: Amount = { is: 'count', each, where: [isNumber('rating')] };
	return [
		{ name: 'answers', isUsual: true, ...answers },
		{ name: 'ratings', isUsual: true, ...ratings },
		{ name: 'rating_average', isUsual: true, is: 'ratio', of: { is: 'sum', each, of: column('rating') }, over: ratings },
		{ name: 'csat_percent', isUsual: true, is: 'ratio', of: { is: 'count', each, where: [satisfied] }, over: { is: 'count', each, where: [onScale] }, times: 100 },
		{ name: 'asked', ...asked },
		{ name: 'answered_percent', is: 'ratio', of: answers, over: asked, times: 100 },
		...scale.map((rating): Measure => ({ name: `rating_${rating}`, is: 'count', each, where: [rated(rating)] })),
	];
}

function rated(rating: number): Condition {
	return { says: `rating = ${rating}`, holds: (answer) => answer.rating === rating };
}

/** Figures of rated conversations: CSAT % is the share of satisfied customers (4 and 5) among ratings from 1 to 5. */
export const csatMeasures: readonly Measure[] = [
	{ name: 'conversations', isUsual: true, is: 'count' },
	...answerMeasures(list),
	{ name: 'acw_average', is: 'ratio', of: { is: 'sum', of: column('acw_duration') }, over: { is: 'count', where: [isNumber('acw_duration')] } },
	{ name: 'questions', is: 'table', each: list, columns: ['question_number', 'question'], measures: answerMeasures() },
];
