import { Chance, mixText } from '../dataset/chance.ts';
import type { ContactCentre } from '../dataset/contactCentre.ts';
import { indexIn } from '../dataset/identifiers.ts';
import type { Settings } from '../options.ts';
import type { ErrorBody } from '../switches.ts';
import { errorReply } from './reply.ts';
import type { Reply } from './reply.ts';

/** What is odd about one recording: another status (404, 410, 403 …), a redirect, a size in bytes, a content type. */
export type RecordingRule = { status?: number; redirectTo?: string; bytes?: number; contentType?: string };

const folder = '/router/api/open-recording-url/';
const headerBytes = 44;
const pieceBytes = 65_536;
const messages: Record<number, string> = {
	403: 'Access to this recording is refused',
	410: 'This recording has expired',
};

/** The recordings of a cluster's calls: those that a call's recording_url names, unless a rule says otherwise. */
export class Recordings {
	private readonly centre: ContactCentre;
	private readonly settings: Settings;
	private readonly rules = new Map<string, RecordingRule>();

	constructor(centre: ContactCentre, settings: Settings) {
		this.centre = centre;
		this.settings = settings;
	}

	/** Sets what is odd about the recording at a path (a call's recording_url). A rule makes a path exist. */
	set(path: string, rule: RecordingRule): void {
		this.rules.set(path, rule);
	}

	clear(): void {
		this.rules.clear();
	}

	/** Whether a path is for a recording, be there one or not. */
	covers(path: string): boolean {
		return path.startsWith(folder) || this.exists(path);
	}

	/** The whole file at a path, as a download must give it. */
	bytesOf(path: string): Buffer {
		return Buffer.concat([...wav(path, this.rules.get(path)?.bytes ?? this.settings.recordingBytes)]);
	}

	/** The answer to a GET with the right key. */
	reply(path: string, style: ErrorBody): Reply {
		const rule = this.rules.get(path) ?? {};
		if (rule.redirectTo !== undefined)
			return errorReply(rule.status ?? 302, 'Moved', style, { location: rule.redirectTo });
		const status = rule.status ?? (this.exists(path) ? 200 : 404);
		if (status !== 200) return errorReply(status, messages[status] ?? 'Recording not found', style);
		const length = Math.max(headerBytes, rule.bytes ?? this.settings.recordingBytes);
		return {
			status,
			headers: { 'content-type': rule.contentType ?? 'audio/wav' },
			length,
			pieces: () => wav(path, length),
		};
	}

	private exists(path: string): boolean {
		if (this.rules.has(path)) return true;
		const { calls } = this.centre.stores;
		if (calls.addedRecords.some(({ recording_url }) => recording_url === path)) return true;
		const carried = indexIn(path.slice(folder.length).split('/')[0] ?? '');
		return path.startsWith(folder) && calls.byCarriedIndex(carried)?.recording_url === path;
	}
}

/** 8 kHz 16-bit mono noise that depends on the path alone, in pieces of 64 KiB. */
function* wav(path: string, length: number): Iterable<Buffer> {
	yield wavHeader(Math.max(0, length - headerBytes));
	const chance = new Chance(mixText(path));
	const noise = Buffer.alloc(pieceBytes);
	for (let i = 0; i < pieceBytes; i += 4) noise.writeUInt32LE(chance.bits(), i);
	for (let left = length - headerBytes; left > 0; left -= pieceBytes)
		yield noise.subarray(0, Math.min(left, pieceBytes));
}

function wavHeader(dataBytes: number): Buffer {
	const header = Buffer.alloc(headerBytes);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + dataBytes, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(8000, 24);
	header.writeUInt32LE(16_000, 28);
	header.writeUInt16LE(2, 32);
	header.writeUInt16LE(16, 34);
	header.write('data', 36);
	header.writeUInt32LE(dataBytes, 40);
	return header;
}
