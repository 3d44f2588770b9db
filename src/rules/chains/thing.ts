import { isSecretName } from '../../model/url-secrets.ts';
import { remembering } from '../latest.ts';
import { pathOf } from './alike.ts';
import { foldSegment } from './endpoint.ts';

/** Names of parameters that tell attempts apart, not things. */
const OF_ATTEMPT =
  /^(?:_+|t|ts|time|timestamp|n|i|v|retry|attempt|count|seq|rand(?:om)?|nonce|cb|cache|sid|id|cid|client_?id|conn(?:ection)?_?id)$/i;

/**
 * What a socket is for, beyond its endpoint: `/room/11` and `?symbol=S1`, as text to compare. Tokens, times
 * and whatever else may be new in each attempt say nothing of it.
 */
export const thingOf = remembering((url): string => {
  const query = url.split('#')[0]!.split('?')[1] ?? '';
  const named = query.split('&').filter((pair) => {
    const [name = '', value = ''] = pair.split('=');
    if (OF_ATTEMPT.test(name) || isSecretName(name)) return false;
    return /^[\w.:@-]{1,24}$/.test(value) && !/\d{6}/.test(value);
  });
  return `${foldLong(pathOf(url))}?${named.sort().join('&')}`;
});

/** Short numbers are ids that somebody gave; what else is folded may be made up for each attempt. */
function foldLong(path: string): string {
  return path
    .split('/')
    .map((segment) => (/^\d{1,7}$/.test(segment) ? segment : foldSegment(segment)))
    .join('/');
}
