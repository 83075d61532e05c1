// Jest starts with the file that took longest the last time. On a fresh clone there was no last time, so these come
// first, by name: what waits for n8n's own minute or reads a million records fills one worker while the other
// does the rest, and the test of Stop's one second has nothing beside it but that waiting.
const { default: Sequencer } = require('@jest/test-sequencer');

const FIRST = ['polls/durable', 'e2e/working', 'node/memory', 'node/pairs'];

module.exports = class extends Sequencer {
	sort(tests) {
		return super.sort(tests).sort((one, other) => place(one) - place(other));
	}
};

function place({ path }) {
	const at = FIRST.findIndex((name) => path.endsWith(`/${name}.test.ts`));
	return at < 0 ? FIRST.length : at;
}
