export { advance, type PollStep } from './advance';
export { pollEventNamed, pollEvents } from './events';
export { newestFew } from './newest';
export type { PollEvent, PollNotice, PollOptions, PollRead } from './poll';
export { pollReadFor, type PollQuery } from './readRange';
export { isSameState, type PollState } from './state';
