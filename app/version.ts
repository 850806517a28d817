declare const __ZARRSCOPE_VERSION__: string;

/** Version of package.json, put in at build time. */
export const version: string = __ZARRSCOPE_VERSION__;
