export { readForm, reportOf, type ReportRequest, type Surroundings } from './form';
export { valueIn, type Form } from './field';
export { concurrencyOf } from './options';
export { binaryPropertyField } from './output';
export { ParameterProblem } from './problem';
export { properties, subtitle } from './properties';
export { downloadField, ifNoRecordingField, recordingUrlField } from './recording';
export { readTrigger, triggerProperties, triggerSubtitle, type TriggerEvent, type TriggerRequest } from './trigger';
export { choice } from './values';
