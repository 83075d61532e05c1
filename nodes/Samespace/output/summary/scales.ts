import type { Row } from '../plan';
import { Counts } from './counts';
import { textIn, type Amount } from './measure';

const ratings = 11;

/** How often each whole rating comes in a question: 0 to 10. */
interface Distribution {
	question: number;
	counts: number[];
}

/**
 * Questions and the scale that each is on. A question that got a 0 or a rating above 5 anywhere counts to 10, any other to 5, so that is known once
 * all answers are in.
 */
export interface Scales {
	/** Ratings of the questions that count to 5. */
	toFive(wanted: readonly number[]): Amount<number>;
	/** Ratings of the questions that count to 10. */
	toTen(wanted: readonly number[]): Amount<number>;
}

export interface QuestionScales {
	/** @param each the list in each row that holds the answers; without it a row is an answer */
	of(each?: string): Scales;
}

export function createScales(): QuestionScales {
	const numbers = new Map<unknown, Map<unknown, number>>();
	const isToTen: boolean[] = [];
	const numberOf = ({ question_number: number, question, rating }: Row): number => {
		const text = textIn(question);
		const numbersOfText = numbers.get(text) ?? new Map<unknown, number>();
		const known = numbersOfText.get(number) ?? isToTen.push(false) - 1;
		numbers.set(text, numbersOfText.set(number, known));
		if (typeof rating === 'number' && (rating === 0 || rating > 5)) isToTen[known] = true;
		return known;
	};

	function distributions(each?: string): Amount<Distribution[]> {
		return {
			says: 'ratings',
			begin() {
				const counts = new Counts();
				const add = (answer: Row, cell: number): void => {
					const question = numberOf(answer);
					const { rating } = answer;
					if (typeof rating === 'number' && Number.isInteger(rating) && rating >= 0 && rating < ratings) counts.add(cell, question * ratings + rating);
				};
				return {
					add: each === undefined ? add : (row, cell) => {
						for (const answer of row[each] as readonly Row[]) add(answer, cell);
					},
					value: (cell) => byQuestion(counts.of(cell)),
				};
			},
		};
	}

	return {
		of(each) {
			const all = distributions(each);
			const amountOf = (scale: 5 | 10, wanted: readonly number[]): Amount<number> => ({
				says: `count${each === undefined ? '' : ` over ${each}`} where rating is ${listed(wanted)} on a ${scale === 5 ? '1–5' : '0–10'} scale`,
				begin(counterOf) {
					const counter = counterOf(all);
					return {
						value: (cell) =>
							counter
								.value(cell)
								.filter(({ question }) => isToTen[question] === (scale === 10))
								.reduce((sum, { counts }) => sum + wanted.reduce((rows, rating) => rows + counts[rating], 0), 0),
					};
				},
			});
			return { toFive: (wanted) => amountOf(5, wanted), toTen: (wanted) => amountOf(10, wanted) };
		},
	};
}

function byQuestion(entries: ReadonlyArray<[code: number, count: number]>): Distribution[] {
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
