export { binaryPropertyOf, concurrencyOf, readForm, reportOf, type Form, type ReportRequest, type Surroundings } from './form';
export { ParameterProblem } from './problem';
export { choice, collection, textOf } from './values';
export { properties } from './properties';
export { readTriggerForm, readTriggerOptions, triggerProperties, type TriggerEvent, type TriggerForm, type TriggerOptions } from './triggerProperties';
