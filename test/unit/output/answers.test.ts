import { csat, hasRatingWithin, surveyAnswers, type ReportRecord } from '../../../nodes/Samespace/reports';
import { rowsOf, vendorCsat } from './vendor';

const survey = (...answers: unknown[]) => ({
	_id: 'c',
	csat: answers.map((answer, at) => ({ _id: `a${at}`, question: `SURVEY_ANSWER_${at + 1}:Q`, answer })),
});

describe('an answer', () => {
	it.each([
		['5', 5],
		[' 4 ', 4],
		[3, 3],
		['4.5', 4.5],
		['10', 10],
		['0', 0],
		['-1', -1],
		['five', null],
		['五', null],
		['4,5', null],
		['5/5', null],
		['1e3', null],
		['0x5', null],
		['Infinity', null],
		['', null],
		['  ', null],
		[null, null],
		[undefined, null],
		[true, null],
		[['4'], null],
		[Infinity, null],
	])('of %p is kept and rated %p', (answer, rating) => {
		const [parsed] = surveyAnswers(survey(answer));
		expect(parsed.rating).toBe(rating);
		expect(parsed.answer).toBe(answer ?? null);
	});

	it.each([
		['SURVEY_ANSWER_3:How courteous was the agent?', 3, 'How courteous was the agent?'],
		['SURVEY_ANSWER_12: Two: lines\nof text', 12, 'Two: lines\nof text'],
		['SURVEY_ANSWER_4:', 4, ''],
		['How was it?', null, 'How was it?'],
		['SURVEY_ANSWER_x:How was it?', null, 'SURVEY_ANSWER_x:How was it?'],
		['Re: SURVEY_ANSWER_3:How was it?', null, 'Re: SURVEY_ANSWER_3:How was it?'],
		[undefined, null, null],
	])('to %p has number %p and question %p', (question, number, text) => {
		const [parsed] = surveyAnswers({ csat: [{ question, answer: '5' }] });
		expect([parsed.question_number, parsed.question]).toEqual([number, text]);
	});

	it.each([[undefined], [null], ['text'], [{}], [[]], [[null, 'text']]])('is not there in a list like %p', (list) => {
		expect(surveyAnswers({ csat: list })).toEqual([]);
	});
});

describe('a conversation', () => {
	it('averages its ratings alone, and null over none', async () => {
		const rows = await rowsOf({ report: csat }, [survey('5', 'five', null, '2'), survey('five'), survey()]);
		expect(rows.map(({ rating_count, rating_average }) => [rating_count, rating_average])).toEqual([
			[2, 3.5],
			[0, null],
			[0, null],
		]);
	});

	it.each([
		[{ min: null, max: null }, [true, true, true, true]],
		[{ min: 4, max: null }, [true, false, false, false]],
		[{ min: null, max: 2 }, [true, true, false, false]],
		[{ min: 2, max: 4 }, [false, true, false, false]],
		[{ min: 5, max: 5 }, [true, false, false, false]],
	])('has a rating within %p', (bounds, expected) => {
		const conversations = [survey('5', '1'), survey('2', 'five'), survey('five'), survey()];
		expect(conversations.map((record) => hasRatingWithin(record, bounds))).toEqual(expected);
	});
});

describe('one item an answer', () => {
	it('has all of the conversation but the list, and the answer', async () => {
		const conversation: ReportRecord = { ...vendorCsat };
		delete conversation.csat;
		const rows = await rowsOf({ report: csat, itemPer: 'answer' }, [vendorCsat]);
		expect(rows).toHaveLength(3);
		expect(rows[0]).toEqual({
			...conversation,
			answer_id: '63b2d22bc6e3fe49eb4130a0',
			question_number: 3,
			question: 'How courteous was the agent?',
			answer: '5',
			rating: 5,
			timestamp: '2023-01-02T12:46:33.130Z',
		});
	});

	it('keeps answers without a rating, and leaves out those outside the bounds', async () => {
		const ratings = async (min: number | null, max: number | null) => {
			const plan = { report: csat, itemPer: 'answer', rating: { min, max } } as const;
			return (await rowsOf(plan, [survey('5', 'five', '1', '3', null)])).map((row) => row.rating);
		};
		expect(await ratings(null, null)).toEqual([5, null, 1, 3, null]);
		expect(await ratings(3, null)).toEqual([5, 3]);
		expect(await ratings(null, 3)).toEqual([1, 3]);
	});

	it('does not look at the bounds where a conversation is an item: the reading has chosen it', async () => {
		const [row] = await rowsOf({ report: csat, rating: { min: 5, max: 5 } }, [survey('5', '1')]);
		expect(row.rating_average).toBe(3);
	});
});
