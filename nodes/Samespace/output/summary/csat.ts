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
		usual('answers', answers),
		usual('ratings', ratings),
		usual('rating_average', ratio(sum(column('rating'), [], { each }), ratings)),
		usual('csat_percent', ratio(scales.toFive([4, 5]), ofFive, 100)),
		further('bottom_two_percent', ratio(scales.toFive([1, 2]), ofFive, 100)),
		further('nps', ratio(difference(promoters, detractors), scales.toTen([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 100)),
		further('asked', asked),
		further('answered_percent', ratio(answers, asked, 100)),
		...toFive.map((rating) => further(`rating_${rating}`, scales.toFive([rating]))),
	];
}

/** Figures of rated conversations. */
export function csatMeasures(scales: QuestionScales = createScales()): readonly Measure[] {
	return [
		usual('conversations', count()),
		...answerMeasures(scales.ofLists, answerList),
		further('acw_average', ratio(sum(column('acw_duration')), count([isNumber('acw_duration')]))),
		further('tags', tally('tag of conversation_tags', ({ conversation_tags: tags }) => textsIn(tags))),
		further('questions', tableOf(answerList, ['question_number', 'question'].map(ofAnswers), answerMeasures(scales.ofAnswers))),
	];
}

function ofAnswers(name: string): ReturnType<typeof columnGroup> {
	return columnGroup(name, (row): GroupValue => {
		const value = row[name];
		return typeof value === 'number' ? value : textIn(value);
	});
}
