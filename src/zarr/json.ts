/** A JSON value as `JSON.parse` returns it; metadata is hostile, so nothing narrower is assumed before parsing. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export type JsonObject = { [key: string]: JsonValue };
