/**
 * The latest answer of each number. Calls are listed by their start, so one that was answered late comes before another that was missed while it rang. An answer is forgotten once
 * calls start after it.
 */
export function createAnswers(): { add(key: number, call: { start: number | null; answer: number | null }): void; isAfter(key: number, instant: number): boolean } {
	const answers = new Map<number, number>();
	let most = 1000;
	return {
		add(key, { start, answer }) {
			if (start === null || answer === null || answer <= start) return;
			answers.set(key, Math.max(answer, answers.get(key) ?? -Infinity));
			if (answers.size < most) return;
			for (const [other, at] of answers) if (at <= start) answers.delete(other);
			most = Math.max(most, 2 * answers.size);
		},
		isAfter: (key, instant) => (answers.get(key) ?? -Infinity) > instant,
	};
}
