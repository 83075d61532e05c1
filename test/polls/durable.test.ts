import { promisesOfTheTrigger } from '../support/triggerPromises.ts';

describe('each call starts a published workflow once, with durable poll cursors', () => promisesOfTheTrigger('durable'));
