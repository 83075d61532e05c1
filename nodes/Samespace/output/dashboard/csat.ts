import { customerNumber } from '../../reports/phone';
import { createIsoText } from '../calendar';
import type { OutputPlan, Row } from '../plan';
import type { Block, Dashboard, Gathered } from './dashboard';
import { barsOf, byPeriod, metricsOf, numberAt, periodFor, ranking, tallyBars, type Column } from './parts';
import { nameIn, shortMoment, wordsOf } from './words';

const mostWords = 8;
const longestWords = 280;
const mostQuestions = 12;

const satisfied: Column = { metric: 'csat_percent', label: 'Satisfied', as: 'percent' };
const ratings: Column = { metric: 'ratings', label: 'Ratings', as: 'count' };
const mean: Column = { metric: 'rating_average', label: 'Average rating', as: 'number' };
const conversations: Column = { metric: 'conversations', label: 'Conversations', as: 'count' };

const columns: readonly Column[] = [satisfied, mean, ratings];
const ofGroups: readonly Column[] = [mean, satisfied, ratings];
const daily: readonly Column[] = [conversations, ...columns];

export const csatDashboard: Dashboard = {
	keys: [
		{ metric: 'conversations', label: 'Conversations', as: 'count' },
		{ metric: 'ratings', label: 'Ratings', as: 'count' },
		{ metric: 'rating_average', label: 'Average rating', as: 'number', better: 'more' },
		{ metric: 'csat_percent', label: 'Satisfied (4 and 5)', as: 'percent', better: 'more', isOptional: true, about: () => '4s and 5s as a share of the ratings from 1 to 5' },
		{ metric: 'bottom_two_percent', label: 'Dissatisfied (1 and 2)', as: 'percent', better: 'less', isOptional: true },
		{ metric: 'nps', label: 'Net Promoter Score', as: 'points', better: 'more', isOptional: true, about: () => 'percentage of 9s and 10s minus percentage of 0s to 6s, on a scale from 0 to 10' },
		{ metric: 'answered_percent', label: 'Questions answered', as: 'percent', better: 'more' },
	],
	tables: ({ range }) => ({
		period: { groupBy: [periodFor(range)], metrics: metricsOf(daily) },
		teams: { groupBy: ['team'], metrics: metricsOf(ofGroups) },
		agents: { groupBy: ['agent'], metrics: metricsOf(ofGroups) },
		all: { groupBy: [], metrics: ['questions', 'tags'] },
	}),
	blocks: (rowsOf, { range }) => [
		byPeriod('Conversations and ratings', range, rowsOf('period'), known(daily, rowsOf('period'))),
		...distributions(rowsOf('all')[0]?.questions as Row[] | undefined),
		ranking('Teams by average rating', rowsOf('teams'), 'team', { by: 'rating_average', none: 'No team', columns: known(ofGroups, rowsOf('teams')) }),
		ranking('Agents by average rating', rowsOf('agents'), 'agent', { by: 'rating_average', none: 'No agent', columns: known(ofGroups, rowsOf('agents')) }),
		tallyBars('Tags', rowsOf('all')[0]?.tags, ['Tag', 'Conversations']),
	],
	others: (plan) => [latestWords(plan)],
};

/** The columns that have a value in any row; all of them where there are no rows. */
function known(some: readonly Column[], rows: readonly Row[]): Column[] {
	return some.filter(({ metric }) => rows.length === 0 || rows.some((row) => numberAt(row, metric) !== null));
}

/** How often each rating was given to each question; of one that doesn't count to 5, its score. */
function distributions(questions: readonly Row[] = []): Block[] {
	const rated = questions.filter((question) => (numberAt(question, 'ratings') ?? 0) > 0);
	return rated.slice(0, mostQuestions).map((question, at): Block => {
		const title = nameIn(question.question, 'Untitled question');
		const cut = at === 0 && rated.length > mostQuestions ? `First ${mostQuestions} of ${wordsOf(rated.length, 'count')} questions. ` : '';
		if (question.csat_percent === null) {
			const score = question.nps === null ? [] : [['Net Promoter Score', wordsOf(question.nps, 'points')]];
			const cells = [...score, ['Average rating', wordsOf(question.rating_average, 'number')], ['Ratings', wordsOf(question.ratings, 'count')]];
			return { kind: 'table', title, ...(cut && { note: cut.trim() }), head: cells.map(([head]) => head), rows: [cells.map(([, value]) => value)] };
		}
		const rows = [5, 4, 3, 2, 1].map((rating) => ({ row: { count: question[`rating_${rating}`] }, label: String(rating) }));
		const note = `${cut}${wordsOf(question.csat_percent, 'percent')} satisfied, average ${wordsOf(question.rating_average, 'number')}${outsideText(question)}`;
		return { kind: 'bars', title, note, head: ['Rating', 'Answers'], rows: barsOf(rows, [{ metric: 'count', label: 'Answers', as: 'count' }]) };
	});
}

/** Says how many ratings are missing from the bars. */
function outsideText(question: Row): string {
	const inside = [1, 2, 3, 4, 5].reduce((sum, rating) => sum + (numberAt(question, `rating_${rating}`) ?? 0), 0);
	const outside = (numberAt(question, 'ratings') ?? 0) - inside;
	if (outside <= 0) return '';
	return outside === 1 ? ". 1 rating that isn't a whole number from 1 to 5 counts only in the average." : `. ${wordsOf(outside, 'count')} ratings that aren't whole numbers from 1 to 5 count only in the average.`;
}

/** The latest that customers and agents wrote. */
function latestWords({ timezone, range, isWanted }: OutputPlan): Gathered {
	const isoText = createIsoText(timezone);
	const latest: Row[] = [];
	return {
		take(row) {
			if (!isWanted(row) || wordsIn(row) === '') return;
			latest.push(row);
			if (latest.length > mostWords) latest.shift();
		},
		blocks() {
			const quotes = [...latest].reverse().map((row) => ({
				text: wordsIn(row),
				by: [shortMoment(isoText(row.start_time), range), nameIn(customerNumber.of(row), ''), nameIn(row.user_display_name, ''), nameIn(row.team_name, '')].filter((part) => part !== '').join(' · '),
			}));
			return [{ kind: 'quotes', title: 'Latest comments', isWide: true, quotes }];
		},
	};
}

/** Answers in words, and the agent's note. */
function wordsIn({ answers, notes }: Row): string {
	const written = (answers as readonly Row[]).filter(({ rating, answer }) => rating === null && typeof answer === 'string').map(({ answer }) => String(answer).trim());
	const text = [...written, typeof notes === 'string' ? notes.trim() : ''].filter((part) => part !== '').join(' – ');
	return text.length > longestWords ? `${text.slice(0, longestWords - 1)}…` : text;
}
