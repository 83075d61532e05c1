import { isWithin, surveyAnswers, type RatingBounds, type ReportRecord } from '../reports';
import type { Row } from './plan';

/**
 * A conversation as Samespace sends it, its `csat` list included, with `answers` taken apart, `rating_count`, and
 * `rating_average` = sum of ratings ÷ rating_count, null without a rating. Answers outside the bounds are in none of these
 * three.
 */
export function conversationRow(record: ReportRecord, bounds: RatingBounds): Row {
	const answers = surveyAnswers(record).filter(({ rating }) => isWithin(rating, bounds));
	let count = 0;
	let total = 0;
	for (const { rating } of answers) {
		if (rating === null) continue;
		count += 1;
		total += rating;
	}
	return { ...record, answers, rating_count: count, rating_average: count === 0 ? null : total / count };
}

/** One row for each answer within the bounds: all of the conversation but the list, and the answer taken apart. */
export function answerRows(record: ReportRecord, listField: string, bounds: RatingBounds): Row[] {
	const conversation = { ...record };
	delete conversation[listField];
	return surveyAnswers(record)
		.filter(({ rating }) => isWithin(rating, bounds))
		.map((answer) => ({ ...conversation, ...answer }));
}
