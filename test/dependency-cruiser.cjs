// Who may import whom: a report is read from form to items, and each room knows only the rooms below it.
const room = (name) => `^nodes/Samespace/${name}/`;
const rooms = ['reports', 'parameters', 'reading', 'output', 'polling', 'transport', 'operations'];
const allowed = {
	reports: [],
	reading: ['reports'],
	polling: ['reports', 'reading'],
	output: ['reports'],
	parameters: ['reports', 'reading', 'output'],
	transport: ['reports', 'reading'],
	operations: rooms,
};

module.exports = {
	forbidden: [
		{ name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
		{ name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.node\\.ts$' }, to: {} },
		{ name: 'nothing-imports-a-node', severity: 'error', from: {}, to: { path: '\\.node\\.ts$' } },
		...rooms.map((name) => ({
			name: `${name}-looks-only-downwards`,
			severity: 'error',
			from: { path: room(name) },
			to: { path: '^(nodes|credentials)/', pathNot: [name, ...allowed[name]].map(room) },
		})),
		...['reports', 'reading', 'output', 'polling'].map((name) => ({
			name: `${name}-is-pure`,
			comment: 'Clock, waiting, chance, fetching and binary data are arguments; types of n8n may be named.',
			severity: 'error',
			from: { path: room(name) },
			to: { path: 'node_modules/', pathNot: 'node_modules/(@types/)?luxon', dependencyTypesNot: ['type-only'] },
		})),
		{
			name: 'only-what-n8n-gives',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: 'node_modules/', pathNot: 'node_modules/((@types/)?luxon|n8n-workflow)' },
		},
		{
			name: 'the-simulator-is-a-witness',
			comment: 'It would not notice a mistake that it shared.',
			severity: 'error',
			from: { path: '^test/simulator/' },
			to: { path: '^(nodes|credentials)/' },
		},
	],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(dist|playground/node_modules)' },
	},
};
