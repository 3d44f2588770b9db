/**
 * ExportLogsServiceRequest of opentelemetry-proto in JSON: names in lowerCamelCase, 64-bit
 * integers as decimal strings, enums as numbers, no field that the messages do not have.
 */
const fixed64 = { type: 'string', pattern: '^\\d{1,20}$' };
const anyValue = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  properties: {
    stringValue: { type: 'string' },
    boolValue: { type: 'boolean' },
    intValue: { type: 'string', pattern: '^-?\\d{1,19}$' },
    doubleValue: { type: 'number' },
  },
};
const attributes = {
  type: 'array',
  items: {
    type: 'object',
    required: ['key', 'value'],
    additionalProperties: false,
    properties: { key: { type: 'string', minLength: 1 }, value: anyValue },
  },
};

export const otlpSchema = {
  type: 'object',
  required: ['resourceLogs'],
  additionalProperties: false,
  properties: {
    resourceLogs: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['resource', 'scopeLogs'],
        additionalProperties: false,
        properties: {
          resource: { type: 'object', additionalProperties: false, properties: { attributes } },
          scopeLogs: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              properties: {
                scope: {
                  type: 'object',
                  additionalProperties: false,
                  properties: { name: { type: 'string' }, version: { type: 'string' } },
                },
                logRecords: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['timeUnixNano', 'body'],
                    additionalProperties: false,
                    properties: {
                      timeUnixNano: fixed64,
                      observedTimeUnixNano: fixed64,
                      severityNumber: { type: 'integer', minimum: 1, maximum: 24 },
                      severityText: { type: 'string' },
                      eventName: { type: 'string' },
                      body: anyValue,
                      attributes,
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};
