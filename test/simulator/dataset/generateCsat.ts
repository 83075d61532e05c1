import { Chance, mix } from './chance.ts';
import { objectId } from './identifiers.ts';
import type { CallRecord, CsatAnswer, CsatRecord } from './records.ts';
import type { House } from './roster.ts';

const questions = [
	'How would you rate the support you received?',
	'How knowledgeable was the agent?',
	'How courteous was the agent? (1: not at all, 5: very)',
];
const oddAnswers = ['yes', 'five', ' 4 ', '', '10', '0', 'N/A', '五', '4,5'];
const tags = ['Not Interested', 'Callback', 'Rückruf', '苦情', 'VIP, "gold"', '=HYPERLINK("http://x")'];
const notes = [
	'',
	'',
	'Customer asked for a refund.',
	'Line one\nLine two\r\nand "quotes", commas; tabs\there',
	'Très content 😀👍🏽 — merci !',
	'=1+1',
	'-rappeler demain',
	'お客様は満足していました。\n次回：来週',
	'العميل راضٍ جداً',
	'{"json": "inside", "path": "C:\\\\temp"}',
	'<b>bold</b> & <script>alert(1)</script>',
];

/** Survey `index` of the house, which belongs to `call`. Its answers come one to six minutes after the call's end. */
export function generateCsat(house: House, index: number, call: CallRecord): CsatRecord {
	const chance = new Chance(mix(house.seed ^ 0xc5a7, index));
	return {
		_id: call.uuid,
		csat: answers(house, index, call, chance),
		direction: call.direction,
		caller: call.caller,
		callee: call.callee,
		user_display_name: call.user_display_name,
		team_name: call.team_name,
		start_time: call.start_time,
		end_time: call.end_time,
		duration: call.duration,
		acw_duration: chance.between(0, 180),
		conversation_tags: chance.happens(0.5) ? [] : [chance.pick(tags), chance.pick(tags)],
		notes: chance.pick(notes),
	};
}

function answers(house: House, index: number, call: CallRecord, chance: Chance): CsatAnswer[] {
	const asked = chance.happens(0.85) ? 3 : chance.between(0, 2);
	const list: CsatAnswer[] = [];
	let askedMs = Date.parse(call.end_time) + 60_000;
	for (let question = 0; question < asked; question++) {
		askedMs += chance.between(2_000, 100_000);
		const answer = chance.happens(0.9) ? String(chance.between(1, 5)) : chance.pick(oddAnswers);
		list.unshift({
			_id: objectId(askedMs, mix(house.seed, 3), index * 4 + question),
			timestamp: new Date(askedMs).toISOString(),
			uuid: call.uuid,
			question: `SURVEY_ANSWER_${question + 1}:${questions[question]}`,
			...(chance.happens(0.1) ? {} : { answer }),
		});
	}
	return list;
}
