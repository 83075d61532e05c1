// One configuration for all suites: the suite is chosen by its folder, as in `jest test/unit`.
module.exports = {
	rootDir: '..',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testEnvironment: 'node',
	maxWorkers: '100%',
	// A machine that does other things besides may take its time; what hangs fails all the same.
	testTimeout: 120_000,
	testSequencer: '<rootDir>/test/support/sequencer.js',
	setupFiles: ['<rootDir>/test/support/quiet.js'],
	transform: {
		'\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/playground/node_modules', '<rootDir>/.work'],
};
