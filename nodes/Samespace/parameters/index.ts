export { concurrencyOf, readForm, reportOf, type Form, type ReportRequest, type Surroundings } from './form';
export { ParameterProblem } from './problem';
export { properties } from './properties';
export { readTriggerOptions, triggerProperties, type TriggerEvent, type TriggerOptions } from './triggerProperties';
