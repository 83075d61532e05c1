import { Chance } from './chance';
import { Clock } from './clock';
import { hourMs, minuteMs, scenarioOf, type Scenario } from './scenario';
import { problemsOf } from './truth';
import { Workflow, type Breakage } from './workflow';
import { World } from './world';

export interface Simulated {
	scenario: Scenario;
	problems: string[];
	notices: string[];
	polls: number;
	handedOn: number;
	befell: Workflow['befell'];
}

/** Lets a workflow run through all that a seed brings, and holds what it got against the truth. */
export async function simulate(seed: number, breakage: Breakage = {}): Promise<Simulated> {
	const chance = new Chance(seed);
	const scenario = scenarioOf(chance);
	const world = new World(scenario, chance);
	const clock = new Clock(scenario.start);
	const workflow = new Workflow(scenario, { clock, world, chance }, breakage);
	const life = live(workflow, scenario, { clock, chance });
	await clock.run();
	await life;
	const { committed } = workflow;
	return {
		scenario,
		problems: problemsOf(world, scenario, committed),
		notices: [...workflow.notices],
		polls: committed.length,
		handedOn: committed.reduce((sum, { records }) => sum + records.length, 0),
		befell: workflow.befell,
	};
}

async function live(workflow: Workflow, scenario: Scenario, { clock, chance }: { clock: Clock; chance: Chance }): Promise<void> {
	while (!(await workflow.poll())) await clock.until(clock.now + minuteMs);
	while (clock.now < scenario.end) {
		await clock.until(clock.now + Math.ceil(scenario.pollEveryMs * (0.5 + chance.next())));
		if (scenario.pause && clock.now >= scenario.pause.from && clock.now < scenario.pause.to) {
			if (chance.happens(0.5)) workflow.save();
			workflow.restart();
			await clock.until(scenario.pause.to);
		}
		if (chance.happens(scenario.restarts)) workflow.restart();
		void workflow.poll();
	}
	await drain(workflow, scenario, clock);
}

/** Once the last record has appeared and all is quiet, polls until nothing comes any more, or it seems never to end. */
async function drain(workflow: Workflow, scenario: Scenario, clock: Clock): Promise<void> {
	workflow.isCalm = true;
	await clock.until(scenario.end + 30 * hourMs);
	for (let quiet = 0, polls = 0; quiet < 3; polls += 1) {
		if (polls > 10_000) return;
		const isCommitted = await workflow.poll();
		const last = workflow.committed[workflow.committed.length - 1];
		quiet = isCommitted && !last.hasMore && last.records.length === 0 ? quiet + 1 : 0;
		await clock.until(clock.now + minuteMs);
	}
}
