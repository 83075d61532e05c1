import type { INodeProperties } from 'n8n-workflow';

import { choiceField, textField } from './field/field';
import { binaryPropertyField } from './output';

export const downloadField = choiceField({
	name: 'operation',
	label: 'Operation',
	choices: [{ value: 'download', name: 'Download', description: 'Download the recording of a call as a file', action: 'Download a recording' }],
	fallback: 'download',
	noDataExpression: true,
});

export const recordingUrlField = textField({
	name: 'recordingUrl',
	label: 'Recording URL',
	fallback: '={{ $json.recording_url }}',
	placeholder: 'e.g. {{ $json.recording_url }}',
	description: "The 'recording_url' field of Get Calls, whose 'Has Recording' filter returns only calls that have one. Addresses on other hosts are refused.",
});

export const ifNoRecordingField = choiceField({
	name: 'ifNoRecording',
	label: 'If There Is No Recording',
	choices: [
		{ value: 'skip', name: 'Pass the Item On Without a File' },
		{ value: 'error', name: 'Stop With an Error' },
	],
	fallback: 'skip',
	description: "What to do with a call whose 'Recording URL' is empty",
});

const show = { resource: ['recording'] };

/** The form of 'Recording'. */
export const recordingFields: INodeProperties[] = [downloadField, recordingUrlField, ifNoRecordingField, binaryPropertyField].map((field) => field.property({ show }));
