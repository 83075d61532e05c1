import { startSimulator } from './index.ts';
import type { Simulator } from './index.ts';
import { send } from './testing/client.ts';

let simulator: Simulator;
let path: string;
beforeEach(async () => {
	simulator = await startSimulator({ now: '2026-03-15T12:00:00.000Z', days: 3, recordingBytes: 200_000 });
	path = recorded(0);
});
afterEach(async () => {
	simulator.assertNoViolations();
	await simulator.close();
});

function recorded(index: number): string {
	const calls = simulator.truth
		.calls({ start: '2026-03-01T00:00:00Z' })
		.filter(({ recording_url }) => recording_url !== '');
	return calls[index]?.recording_url as string;
}

const get = async (url: string, headers = {}) => await send(simulator, { method: 'GET', path: url, headers });

describe('a recording', () => {
	it('of a generated call is a WAV file, the same each time', async () => {
		const answer = await get(path);
		expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'audio/wav', 'content-length': '200000' } });
		expect(answer.bytes.toString('latin1', 0, 4)).toBe('RIFF');
		expect(answer.bytes.readUInt32LE(40)).toBe(200_000 - 44);
		expect(answer.bytes.equals(simulator.recordings.bytesOf(path))).toBe(true);
		expect(answer.bytes.equals((await get(recorded(1))).bytes)).toBe(false);
		expect(simulator.log[0]).toMatchObject({ report: 'recording', method: 'GET', rows: null });
	});

	it("of the vendor's call and of an added one is there too", async () => {
		const added = simulator.addCall();
		const odd = simulator.addCall({ recording_url: '/elsewhere/1.wav?token=x' });
		const vendors = simulator.truth.calls()[0]?.recording_url as string;
		for (const url of [vendors, added.recording_url, odd.recording_url]) expect((await get(url)).status).toBe(200);
	});

	it('needs the key', async () => {
		expect((await get(path, { 'x-api-key': 'wrong' })).status).toBe(401);
	});

	it('that no call names is missing', async () => {
		expect((await get('/router/api/open-recording-url/0000/1455')).status).toBe(404);
		expect((await get(path.replace(/.(?=\/\d+$)/, 'z'))).status).toBe(404);
	});

	it.each([
		[{ status: 410 }, { status: 410, json: { message: 'This recording has expired' } }],
		[{ status: 403 }, { status: 403, json: { message: 'Access to this recording is refused' } }],
		[{ redirectTo: 'http://127.0.0.1:1/' }, { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
		[
			{ bytes: 44, contentType: 'audio/mpeg' },
			{ status: 200, headers: { 'content-type': 'audio/mpeg', 'content-length': '44' } },
		],
	])('with the rule %j', async (rule, expected) => {
		simulator.recordings.set(path, rule);
		expect(await get(path)).toMatchObject(expected);
		simulator.recordings.clear();
		expect((await get(path)).bytes).toHaveLength(200_000);
	});

	it('can break half-way', async () => {
		simulator.faults.add({ kind: 'resetMidBody', report: 'recording' });
		await expect(get(path)).rejects.toThrow(/aborted|ECONNRESET/);
		expect(simulator.log[0]).toMatchObject({ aborted: true });
	});

	it('can be slow in the middle and still be whole', async () => {
		simulator.faults.add({ kind: 'slowBody', ms: 30 });
		expect((await get(path)).bytes.equals(simulator.recordings.bytesOf(path))).toBe(true);
	});
});
