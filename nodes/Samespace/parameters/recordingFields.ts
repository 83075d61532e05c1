import type { INodeProperties } from 'n8n-workflow';

/** The form of 'Recording'. */
export const recordingFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['recording'] } },
		options: [
			{
				name: 'Download',
				value: 'download',
				action: 'Download a recording',
				description: 'Download the recording of a call as a file',
			},
		],
		default: 'download',
	},
	{
		displayName: 'Recording URL',
		name: 'recordingUrl',
		type: 'string',
		displayOptions: { show: { resource: ['recording'] } },
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.recording_url }}',
		description: "The 'recording_url' of a call. An address on another host is refused.",
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryProperty',
		type: 'string',
		displayOptions: { show: { resource: ['recording'] } },
		default: 'data',
		required: true,
		hint: 'The name of the output binary field to put the file in',
	},
];
