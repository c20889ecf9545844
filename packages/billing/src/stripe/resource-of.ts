const pattern = /^\/v\d\/((?:(?:billing|checkout|core|entitlements|tax|test_helpers)\/)?\w+)/;

/** The kind of object a request is about: customers, billing/credit_grants. */
export const resourceOf = (path: string): string => pattern.exec(path)?.[1] ?? "";
