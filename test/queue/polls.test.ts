import { promisesOfTheTrigger } from '../support/triggerPromises.ts';

describe('each call starts a published workflow once, in queue mode', () => promisesOfTheTrigger('queue'));
