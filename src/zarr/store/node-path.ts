declare const brand: unique symbol;

/**
 * Path of a node or key below a store's root: segments joined by "/", no leading or trailing slash, the root is "".
 * Only `nodePath` and `joinPath` make one, so that a path that holds still holds everywhere.
 */
export type NodePath = string & { readonly [brand]: true };
