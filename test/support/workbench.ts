import type { CredentialFile, WorkflowFile } from '../../playground/workflows.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator/index.ts';
import { Editor } from './editor.ts';
import { clusterOf, freshInstance, type FreshInstance } from './instance.ts';
import { NodePanel } from './nodePanel.ts';
import { NodeView } from './nodeView.ts';
import { signIn } from './rest.ts';
import { saveAll } from './restRuns.ts';

/** A person's desk: a real n8n and its editor in a browser, next to a simulated cluster. */
export interface Workbench {
	simulator: Simulator;
	instance: FreshInstance;
	/** Signed in as the owner. */
	editor: Editor;
	panel: NodePanel;
	view: NodeView;
	/** @throws when n8n has written down an API key */
	close(): Promise<void>;
}

/** How a desk is laid out. */
export interface Layout {
	cluster?: SimulatorOptions;
	timezone?: string;
	/** Imported with a credential of the cluster; without any, the person adds a credential. */
	workflows?: WorkflowFile[];
	/** Credentials for other services. */
	credentials?: CredentialFile[];
	/** API keys that the person types, beside the cluster's. */
	typedKeys?: string[];
}

/** Opens a desk; what was started is closed again where something fails. @param name the folder of its pictures */
export async function openWorkbench(name: string, { cluster, timezone = 'UTC', workflows = [], credentials = [], typedKeys = [] }: Layout = {}): Promise<Workbench> {
	const closers: Array<() => Promise<void>> = [];
	const close = async (): Promise<void> => {
		for (const closer of closers.splice(0).reverse()) await closer();
	};
	let isOpen = false;
	try {
		const simulator = await startSimulator(cluster);
		closers.push(async () => await simulator.close());
		const instance = await freshInstance({ timezone }, simulator, ...typedKeys.map((apiKey) => ({ apiKey })));
		// It is the last to close, since it may find a key.
		closers.unshift(async () => await instance.stop());
		await instance.start();
		const rest = await signIn(instance.url);
		if (workflows.length > 0) await saveAll(rest, clusterOf(simulator), workflows, ...credentials);
		const editor = await Editor.open(instance.url, name);
		closers.push(async () => await editor.close());
		await editor.signIn();
		isOpen = true;
		return { simulator, instance, editor, panel: new NodePanel(editor), view: new NodeView(editor), close };
	} finally {
		if (!isOpen) await close();
	}
}
