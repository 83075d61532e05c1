// node leash.mjs <command> [arguments]
// Runs a command in a process group of its own. The whole group ends when the command does, when this
// process is told to, or when whoever started it is gone (its end of our standard input closes): even a
// kill -9 of the playground or of the tests leaves nothing behind.
import { spawn } from 'node:child_process';

const GRACE_MS = 10_000;

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let ending = false;

function endGroup(exitCode) {
	// Our own group, so this reaches us too: from here on we ignore it.
	ending = true;
	try {
		process.kill(-process.pid, 'SIGTERM');
	} catch {
		// not a group leader: nothing but the command to end
	}
	process.exit(exitCode);
}

function askToEnd() {
	if (ending) return;
	ending = true;
	child.kill('SIGTERM');
	setTimeout(() => process.kill(-process.pid, 'SIGKILL'), GRACE_MS).unref();
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, askToEnd);
process.stdin.resume();
process.stdin.on('end', askToEnd);
process.stdin.on('error', askToEnd);

child.on('error', (error) => {
	console.error(error.message);
	endGroup(127);
});
child.on('exit', (code, signal) => endGroup(code ?? (signal === 'SIGTERM' ? 143 : 1)));
