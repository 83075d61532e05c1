import type { Row } from '../../plan';
import { Counts, type CodeCounts } from './counts';
import { textIn, type Amount } from './measure';

const ratings = 11;

/** How often each whole rating comes in a question: 0 to 10. */
interface Distribution {
	question: number;
	counts: number[];
}

/** What decides on the scale of a question. */
interface Fit {
	ratings: number;
	/** Of these, the ones from 1 to 5, and from 0 to 10. */
	toFive: number;
	toTen: number;
}

/**
 * Questions and the scale that each is on: 1–5 or 0–10, whichever nine in ten of its ratings fit first, else none. So it is known
 * once all answers are in.
 */
export interface Scales {
	/** Ratings of the questions that count to 5. */
	toFive(wanted: readonly number[]): Amount<number>;
	/** Ratings of the questions that count to 10. */
	toTen(wanted: readonly number[]): Amount<number>;
}

export interface QuestionScales {
	/** Of rows that have answers in their list. */
	ofLists: Scales;
	/** Of rows that are an answer each. */
	ofAnswers: Scales;
}

/** The list of answers in a conversation. */
export const answerList = 'answers';

export function createScales(): QuestionScales {
	const numbers = new Map<unknown, Map<unknown, number>>();
	const fits: Fit[] = [];
	const answersIn = (row: Row): readonly Row[] => row[answerList] as readonly Row[];
	let last: Row | undefined;

	const numberOf = ({ question_number: number, question }: Row): number => {
		const text = textIn(question);
		const numbersOfText = numbers.get(text) ?? new Map<unknown, number>();
		const known = numbersOfText.get(number) ?? fits.push({ ratings: 0, toFive: 0, toTen: 0 }) - 1;
		numbers.set(text, numbersOfText.set(number, known));
		return known;
	};

	/** However many tables and cells a row comes in, its answers decide once. */
	function decide(whole: Row): void {
		if (whole === last) return;
		last = whole;
		for (const answer of answersIn(whole)) {
			if (typeof answer.rating !== 'number') continue;
			const fit = fits[numberOf(answer)];
			fit.ratings += 1;
			if (answer.rating >= 1 && answer.rating <= 5) fit.toFive += 1;
			if (answer.rating >= 0 && answer.rating <= 10) fit.toTen += 1;
		}
	}

	function scaleOf(question: number): 5 | 10 | null {
		const { ratings: all, toFive, toTen } = fits[question];
		if (toFive * 10 >= all * 9) return 5;
		return toTen * 10 >= all * 9 ? 10 : null;
	}

	function distributions(answersOf: (row: Row) => readonly Row[]): Amount<Distribution[]> {
		return {
			says: 'ratings',
			begin() {
				const counts = new Counts();
				return {
					add(row, cell, whole) {
						decide(whole);
						for (const answer of answersOf(row)) {
							const { rating } = answer;
							if (typeof rating === 'number' && Number.isInteger(rating) && rating >= 0 && rating < ratings) counts.add(cell, numberOf(answer) * ratings + rating);
						}
					},
					value: (cell) => byQuestion(counts.of(cell)),
				};
			},
		};
	}

	function scalesOf(all: Amount<Distribution[]>, over: string): Scales {
		const amountOf = (scale: 5 | 10, wanted: readonly number[]): Amount<number> => ({
			says: `count${over} where rating is ${listed(wanted)} on a ${scale === 5 ? '1–5' : '0–10'} scale`,
			begin(counterOf) {
				const counter = counterOf(all);
				return {
					value: (cell) =>
						counter
							.value(cell)
							.filter(({ question }) => scaleOf(question) === scale)
							.reduce((sum, { counts }) => sum + wanted.reduce((rows, rating) => rows + counts[rating], 0), 0),
				};
			},
		});
		return { toFive: (wanted) => amountOf(5, wanted), toTen: (wanted) => amountOf(10, wanted) };
	}

	return {
		ofLists: scalesOf(distributions(answersIn), ` over ${answerList}`),
		ofAnswers: scalesOf(distributions((row) => [row]), ''),
	};
}

function byQuestion(entries: CodeCounts): Distribution[] {
	const found: Distribution[] = [];
	for (const [code, count] of entries) {
		const question = Math.floor(code / ratings);
		if (found.at(-1)?.question !== question) found.push({ question, counts: new Array<number>(ratings).fill(0) });
		found[found.length - 1].counts[code % ratings] = count;
	}
	return found;
}

/** `1, 2 or 3`; a long list as `0 to 6` */
function listed(wanted: readonly number[]): string {
	const [first, last] = [wanted[0], wanted[wanted.length - 1]];
	if (wanted.length > 2) return `${first} to ${last}`;
	return wanted.join(' or ');
}
