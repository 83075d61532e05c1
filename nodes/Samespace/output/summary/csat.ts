import { textsIn } from '../../reports';
import { columnGroup, type GroupValue } from './group';
import { count, difference, ratio, sum, tally } from './measures/amounts';
import { column, further, isNumber, isThere, textIn, usual, type Measure } from './measures/measure';
import { answerList, createScales, type QuestionScales, type Scales } from './measures/scales';
import { tableOf } from './table';

const toFive = [1, 2, 3, 4, 5];

/** Figures of answers, of all or of one question. Some count only questions on the scale from 1 to 5, or from 0 to 10 (see scales.ts). */
function answerMeasures(scales: Scales, each?: string): Measure[] {
	const asked = count([], { each });
	const answers = count([isThere('answer')], { each });
	const ratings = count([isNumber('rating')], { each });
	const ofFive = scales.toFive(toFive);
	const promoters = scales.toTen([9, 10]);
	const detractors = scales.toTen([0, 1, 2, 3, 4, 5, 6]);
	return [
		usual('answers', 'Questions with an answer', answers),
		usual('ratings', 'Answers that are numbers', ratings),
		usual('rating_average', 'The mean of all ratings, on whichever scale', ratio(sum(column('rating'), [], { each }), ratings)),
		usual('csat_percent', 'Ratings of 4 and 5 ÷ ratings from 1 to 5, for questions with a scale from 1 to 5', ratio(scales.toFive([4, 5]), ofFive, 100)),
		further('bottom_two_percent', 'Ratings of 1 and 2 ÷ ratings from 1 to 5, for questions with a scale from 1 to 5', ratio(scales.toFive([1, 2]), ofFive, 100)),
		further('nps', 'Percentage of 9s and 10s minus percentage of 0s to 6s, for questions with a scale from 0 to 10', ratio(difference(promoters, detractors), scales.toTen([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 100)),
		further('asked', 'Questions, with or without an answer', asked),
		further('answered_percent', 'Questions with an answer ÷ questions asked', ratio(answers, asked, 100)),
		...toFive.map((rating) => further(`rating_${rating}`, `Ratings of ${rating}, for questions with a scale from 1 to 5`, scales.toFive([rating]))),
	];
}

/** Figures of rated conversations. */
export function csatMeasures(scales: QuestionScales = createScales()): readonly Measure[] {
	return [
		usual('conversations', 'Rated conversations', count()),
		...answerMeasures(scales.ofLists, answerList),
		further('acw_average', 'Wrap-up time per conversation, in seconds', ratio(sum(column('acw_duration')), count([isNumber('acw_duration')]))),
		further('tags', 'How many conversations have each tag', tally('tag of conversation_tags', ({ conversation_tags: tags }) => textsIn(tags))),
		further('questions', 'The figures of answers for each question, as a list', tableOf(answerList, ['question_number', 'question'].map(ofAnswers), answerMeasures(scales.ofAnswers))),
	];
}

function ofAnswers(name: string): ReturnType<typeof columnGroup> {
	return columnGroup(name, (row): GroupValue => {
		const value = row[name];
		return typeof value === 'number' ? value : textIn(value);
	});
}
