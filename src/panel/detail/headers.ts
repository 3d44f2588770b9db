const SECRET =
  /^(cookie|set-cookie|authorization|proxy-authorization|www-authenticate)$|token|secret|session|api-?key|csrf|xsrf/i;

/** Headers whose values are shown only when asked for. */
export function isSecretHeader(name: string): boolean {
  return SECRET.test(name);
}
