/**
 * What lets somebody read a source and is nobody else's business. It is kept apart from the address, in memory only: it never stands in state
 * that is shown, linked, stored or posted.
 */
export type SourceAccess = {
  /** Query for every request, with its "?": a signature among others. */
  readonly search?: string;
  /** Value of the header `Authorization`. */
  readonly authorization?: string;
  /** When a signature ends, in milliseconds since 1970, as far as it says. */
  readonly expiresMs?: number;
};

/** What may be known of it: that there is some, of which kind, until when. */
export type AccessNote = {
  readonly kind: "signature" | "password" | "token";
  readonly expiresMs: number | undefined;
};

/** Keys of the query that are part of a signature, or a secret by their name (AWS, Google, CloudFront, Azure, tokens). */
const secretKey =
  /^(?:x-amz-.+|x-goog-.+|awsaccesskeyid|googleaccessid|signature|sig|key-pair-id|policy|.*token|auth|authorization|jwt|.*api[-_]?key|key|pass|password|passwd|pwd|.*secret.*|sas|credentials?|session(?:id)?|bearer|ticket)$/i;
/** Further keys of Azure's shared access signatures, and of AWS' and Google's older ones: nothing special without a signature. */
const besideSignature =
  /^(?:expires|s[vrepts]|st|spr|sip|srt|sk(?:oid|tid|t|e|s|v)|sdd|saoid|suoid|scid|rscc|rscd|rsce|rscl|rsct)$/i;
const signatureKey = /^(?:sig|signature)$/i;

function keyOf(pair: string): string {
  const key = pair.split("=", 1)[0] ?? "";
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** Whether a value under this key of a query is not to be shown. */
export function isSecretKey(key: string): boolean {
  return secretKey.test(key);
}

/**
 * Takes user name, password and signature out of an http(s) address. `access` holds them; undefined if there are none. Other keys of the
 * query stay where they are.
 */
export function splitAccess(address: URL): {
  readonly address: URL;
  readonly access: SourceAccess | undefined;
} {
  const pairs = address.search.replace(/^\?/, "").split("&").filter(Boolean);
  const isSigned = pairs.some((pair) => signatureKey.test(keyOf(pair)));
  const isSecret = (pair: string) => {
    const key = keyOf(pair);
    return isSecretKey(key) || (isSigned && besideSignature.test(key));
  };
  const open = pairs.filter((pair) => !isSecret(pair));
  const authorization = basicOf(address);
  const clean = new URL(address);
  clean.username = "";
  clean.password = "";
  if (open.length === pairs.length) {
    return { address: clean, access: authorization === undefined ? undefined : { authorization } };
  }
  clean.search = open.length === 0 ? "" : `?${open.join("&")}`;
  const expiresMs = expiryOf(address.searchParams);
  const access = {
    search: address.search,
    ...(authorization === undefined ? {} : { authorization }),
    ...(expiresMs === undefined ? {} : { expiresMs }),
  };
  return { address: clean, access };
}

function basicOf({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const decode = (text: string) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  const bytes = new TextEncoder().encode(`${decode(username)}:${decode(password)}`);
  return `Basic ${btoa(String.fromCharCode(...bytes.slice(0, 4096)))}`;
}

/** When a signature ends: Azure's `se`, AWS' and Google's date and seconds, or a time in seconds. */
function expiryOf(query: URLSearchParams): number | undefined {
  const find = (name: string) =>
    [...query].find(([key]) => key.toLowerCase() === name)?.[1] ?? undefined;
  const azure = Date.parse(find("se") ?? "");
  if (Number.isFinite(azure)) return azure;
  for (const vendor of ["x-amz", "x-goog"]) {
    const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(find(`${vendor}-date`) ?? "");
    const seconds = Number(find(`${vendor}-expires`));
    if (match === null || !Number.isFinite(seconds)) continue;
    const [, y, mo, d, h, mi, s] = match.map(Number);
    return Date.UTC(y ?? 0, (mo ?? 1) - 1, d, h, mi, s) + seconds * 1000;
  }
  const seconds = Number(find("expires") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

/** What a person typed as a token, or as a signature to append; undefined if it can be neither. */
export function typedAccess(text: string): SourceAccess | undefined {
  const given = text.trim();
  // What is no visible ASCII can be in no header and in no query.
  if (given === "" || given.length > 16_384 || !/^[\x21-\x7e]+(?: [\x21-\x7e]+)?$/.test(given)) {
    return undefined;
  }
  if (/^(?:bearer|basic) /i.test(given)) return { authorization: given };
  if (given.includes(" ")) return undefined;
  const query = new URL(`https://x/?${given.replace(/^[?&]+/, "")}`);
  const { access } = splitAccess(query);
  if (given.includes("=") && access?.search !== undefined) return access;
  return given.startsWith("?") ? undefined : { authorization: `Bearer ${given}` };
}

/**
 * Both together, for one address: its own, and what holds for all of its origin. A signature for the origin was given later, since the address'
 * own one has ended or never held: it stands instead of that.
 */
export function mergedAccess(
  own: SourceAccess | undefined,
  ofOrigin: SourceAccess | undefined,
  search: string,
): SourceAccess | undefined {
  if (!ofOrigin) return own;
  const ownSearch = own?.search ?? search;
  if (ofOrigin.search === undefined) {
    return { ...own, ...ofOrigin, ...(ownSearch === "" ? {} : { search: ownSearch }) };
  }
  const { search: unsigned } = splitAccess(new URL(`https://x/${ownSearch}`)).address;
  const joined = `${unsigned === "" ? "?" : `${unsigned}&`}${ofOrigin.search.slice(1)}`;
  const { expiresMs: _, ...rest } = own ?? {};
  return { ...rest, ...ofOrigin, search: joined };
}

/** What may be told of an access. */
export function accessNote(access: SourceAccess | undefined): AccessNote | undefined {
  if (!access) return undefined;
  const { authorization, expiresMs } = access;
  if (authorization === undefined) return { kind: "signature", expiresMs };
  return { kind: authorization.startsWith("Basic ") ? "password" : "token", expiresMs };
}

/** A text that may hold an address, fit to be shown: user names, passwords and the values of secret keys are left out. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\/\/[^/?#\s]*@/g, "//…@")
    .replace(/([?&#;])([^=&#;\s]+)=([^&#;\s]*)/g, (whole, before: string, key: string) =>
      isSecretKey(keyOf(key)) || besideSignature.test(keyOf(key)) ? `${before}${key}=…` : whole,
    );
}
