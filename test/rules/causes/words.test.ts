import { describe, expect, test } from 'vitest';
import { explainClose } from '../../../src/rules/causes/index.ts';
import type { CauseId } from '../../../src/rules/types.ts';
import { closedSocket } from './corpus.ts';

function bestOf(reason: string, code = 1008): CauseId | undefined {
  const socket = closedSocket({ code, reason });
  return explainClose({ socket, earlier: [], contemporaries: [] })[0]?.cause;
}

const TABLES: Record<string, readonly (readonly [reason: string, cause: CauseId])[]> = {
  authentication: [
    ['token required', 'auth-missing'],
    ['Missing API key', 'auth-missing'],
    ['no cookie', 'auth-missing'],
    ['please log in first', 'auth-missing'],
    ['authentication timeout', 'auth-missing'],
    ['Expected hello', 'auth-missing'],
    ['invalid token', 'auth-invalid'],
    ['bad signature', 'auth-invalid'],
    ['authentication failed', 'auth-invalid'],
    ['wrong password', 'auth-invalid'],
    ['token expired', 'auth-expired'],
    ['Your JWT has expired', 'auth-expired'],
  ],
  permission: [
    ['permission denied', 'forbidden'],
    ['you are not a member of this room', 'forbidden'],
    ['account suspended', 'forbidden'],
    ['IP address not allowed', 'forbidden'],
    ['origin not allowed', 'forbidden-origin'],
    ['Cross-origin connection rejected', 'forbidden-origin'],
  ],
  limits: [
    ['rate limit exceeded', 'rate-limit'],
    ['too many requests', 'rate-limit'],
    ['slow down', 'rate-limit'],
    ['flooding', 'rate-limit'],
    ['too many connections', 'connection-limit'],
    ['room is full', 'connection-limit'],
    ['server at capacity', 'connection-limit'],
    ['quota exceeded', 'quota-or-billing'],
    ['insufficient credits', 'quota-or-billing'],
    ['daily limit reached', 'quota-or-billing'],
    ['message too big', 'message-too-large'],
    ['payload exceeds limit', 'message-too-large'],
    ['slow consumer', 'slow-consumer'],
    ['send buffer full', 'slow-consumer'],
  ],
  messages: [
    ['invalid JSON', 'message-malformed'],
    ['missing roomId', 'message-malformed'],
    ['user_id query parameter is required', 'message-malformed'],
    ['unknown message type', 'message-malformed'],
    ['binary frames are not supported', 'unsupported-feature-or-endpoint'],
    ['unknown endpoint', 'unsupported-feature-or-endpoint'],
    ['feature not enabled', 'unsupported-feature-or-endpoint'],
    ['unsupported protocol version', 'protocol-or-subprotocol'],
    ['client outdated, refresh the page', 'protocol-or-subprotocol'],
    ['blocked by moderation', 'content-policy'],
    ['message content violates chat policy', 'content-policy'],
    ['Message contains forbidden content', 'content-policy'],
    ['your message contains prohibited words', 'content-policy'],
    ['message content not allowed: spam', 'content-policy'],
    ['Nội dung tin nhắn bị cấm', 'content-policy'],
    ['содержание запрещено', 'content-policy'],
    ['message content too long', 'message-too-large'],
    ['invalid content type', 'message-malformed'],
  ],
  sessions: [
    ['room not found', 'not-found'],
    ['unknown session', 'not-found'],
    ['already connected', 'duplicate-session'],
    ['client id in use', 'duplicate-session'],
    ['replaced by a newer connection', 'replaced-or-kicked'],
    ['kicked by moderator', 'replaced-or-kicked'],
    ['logged in from another location', 'replaced-or-kicked'],
    ['session ended', 'session-expired'],
    ['maximum session duration reached', 'session-expired'],
    ['idle timeout', 'idle-timeout'],
    ['no pong received', 'idle-timeout'],
    ['server restarting', 'server-restart'],
    ['server shutting down', 'server-shutdown'],
    ['internal server error', 'internal-error'],
    ['upstream closed', 'internal-error'],
  ],
  'what libraries say of a token': [
    ['JsonWebTokenError: invalid signature', 'auth-invalid'],
    ['jwt malformed', 'auth-invalid'],
    ['invalid algorithm', 'auth-invalid'],
    ['jwt audience invalid. expected: app', 'auth-invalid'],
    ['JsonWebTokenError: jwt must be provided', 'auth-missing'],
    ['TokenExpiredError: jwt expired', 'auth-expired'],
    ['NotBeforeError: jwt not active', 'auth-invalid'],
    ['Not enough segments', 'auth-invalid'],
    ['Invalid crypto padding', 'auth-invalid'],
    ['Token is missing the "exp" claim', 'auth-invalid'],
    ['ExpiredSignatureError: Signature has expired', 'auth-expired'],
    ['token contains an invalid number of segments', 'auth-invalid'],
    ['token has invalid claims: token is expired', 'auth-expired'],
    ['unexpected signing method: none', 'auth-invalid'],
    ['JWT signature does not match locally computed signature', 'auth-invalid'],
    ['IDX10223: Lifetime validation failed. The token is expired', 'auth-expired'],
    ['Full authentication is required to access this resource', 'auth-missing'],
    ['token verification failed', 'auth-invalid'],
    ['failed to verify token: auth server unreachable', 'internal-error'],
    ['token verification failed: connection refused', 'internal-error'],
    ['unable to verify token: jwks endpoint timed out', 'internal-error'],
    ['server timed out waiting for token', 'auth-missing'],
    ['login failed: user offline', 'auth-invalid'],
  ],
  'exceptions by name': [
    ["AttributeError: 'NoneType' object has no attribute 'user'", 'internal-error'],
    ["KeyError: 'token'", 'internal-error'],
    ["TypeError: Cannot read property 'user' of null", 'internal-error'],
    ['java.lang.NullPointerException', 'internal-error'],
    ['panic: runtime error: invalid memory address or nil pointer dereference', 'internal-error'],
    ['IntegrityError', 'internal-error'],
    ['E11000 duplicate key error collection: app.users', 'internal-error'],
    ['duplicate key value violates unique constraint "users_pkey"', 'internal-error'],
    ['duplicate client id', 'duplicate-session'],
    ['API key error', 'auth-invalid'],
    ['JSONDecodeError: Expecting value: line 1 column 1 (char 0)', 'message-malformed'],
    ["ValueError: invalid literal for int() with base 10: 'a'", 'message-malformed'],
    ['ValidationError: field required', 'message-malformed'],
    ['RuntimeError: room is full', 'connection-limit'],
    ['RateLimitError: too many requests', 'rate-limit'],
    ['connection reset by peer', 'internal-error'],
    ['server reset', 'server-restart'],
  ],
  'the particular after the general': [
    ['Invalid request: message too large', 'message-too-large'],
    ['Bad request: rate limit exceeded', 'rate-limit'],
    ['400 Bad Request: quota exceeded', 'quota-or-billing'],
    ['Invalid request: unknown room', 'not-found'],
    ['BadRequestException: room not found', 'not-found'],
    ['Invalid request: missing token', 'auth-missing'],
    ['Validation failed: name is required', 'message-malformed'],
    ['Invalid request: unknown parameter', 'message-malformed'],
    ['Forbidden: token expired', 'auth-expired'],
    ['Error: too many connections', 'connection-limit'],
    ['Connection refused: authentication failed', 'auth-invalid'],
    ['invalid_token: The access token expired', 'auth-expired'],
    ['Invalid token: signature mismatch', 'auth-invalid'],
    ['{"code":"BAD_REQUEST","message":"Rate limit exceeded"}', 'rate-limit'],
    ['{"type":"error","payload":{"message":"room is full"}}', 'connection-limit'],
    [
      '{"type":"connection_error","payload":{"code":"UNAUTHENTICATED","message":"Your access token has expired, please re-authenticate b',
      'auth-expired',
    ],
    ['invalid request', 'message-malformed'],
  ],
  'look-alikes': [
    ['pod evicted', 'server-shutdown'],
    ['user evicted', 'replaced-or-kicked'],
    ['Token bucket exhausted', 'rate-limit'],
    ['storage bucket not found', 'not-found'],
    ['Your token is not expired but invalid', 'auth-invalid'],
    ['stale session, please reconnect', 'session-expired'],
    ['stale connection', 'idle-timeout'],
    ['reauthentication failed', 'auth-invalid'],
    ['logged in elsewhere, please log in again', 'replaced-or-kicked'],
    ['Account disabled, please sign in again', 'forbidden'],
    ['trial not found', 'not-found'],
    ['slow down, too many messages', 'rate-limit'],
    ['too many invalid messages', 'message-malformed'],
    ['session revoked', 'replaced-or-kicked'],
    ['access token invalid', 'auth-invalid'],
    ['Not authorized for this team', 'forbidden'],
    ['server configuration error', 'internal-error'],
    ['IP temporarily blocked', 'rate-limit'],
  ],
  forms: [
    ['ERR_AUTH_REQUIRED', 'auth-missing'],
    ['tokenExpired', 'auth-expired'],
    ['rate_limit_exceeded', 'rate-limit'],
    ['ROOM_FULL', 'connection-limit'],
    ['slow-consumer', 'slow-consumer'],
    ['{"code":401,"message":"jwt malformed"}', 'auth-invalid'],
    ['{"error":{"type":"rate_limit"}}', 'rate-limit'],
    ['{"reason":"token expired, please sign in ag', 'auth-expired'],
    ['403', 'forbidden'],
    ['HTTP 404', 'not-found'],
    ['4290: 429 Too Many Requests', 'rate-limit'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: placeholders as servers send them
    ['Room ${roomId} not found', 'not-found'],
    ['Too many connections from {0} (%s)', 'connection-limit'],
    ['ｔｏｋｅｎ ｅｘｐｉｒｅｄ', 'auth-expired'],
  ],
  Chinese: [
    ['未登录', 'auth-missing'],
    ['token无效', 'auth-invalid'],
    ['令牌已过期', 'auth-expired'],
    ['權限不足', 'forbidden'],
    ['房间不存在', 'not-found'],
    ['連線數已達上限', 'connection-limit'],
    ['请求过于频繁', 'rate-limit'],
    ['余额不足', 'quota-or-billing'],
    ['该帳號已在別處登入', 'replaced-or-kicked'],
    ['心跳超时', 'idle-timeout'],
    ['连接数超过限制', 'connection-limit'],
    ['请求频率超过限制', 'rate-limit'],
    ['消息格式错误', 'message-malformed'],
  ],
  Japanese: [
    ['認証が必要です', 'auth-missing'],
    ['トークンが無効です', 'auth-invalid'],
    ['未認証', 'auth-missing'],
    ['ルームが見つかりません', 'not-found'],
    ['接続数の上限に達しました', 'connection-limit'],
    ['別の端末でログインされました', 'replaced-or-kicked'],
  ],
  Korean: [
    ['로그인이 필요합니다', 'auth-missing'],
    ['유효하지 않은 토큰입니다', 'auth-invalid'],
    ['토큰이 만료되었습니다', 'auth-expired'],
    ['요청이 너무 많습니다', 'rate-limit'],
    ['강퇴되었습니다', 'replaced-or-kicked'],
  ],
  Russian: [
    ['Требуется авторизация', 'auth-missing'],
    ['Неверный токен', 'auth-invalid'],
    ['Доступ запрещён', 'forbidden'],
    ['Слишком много подключений', 'connection-limit'],
    ['Внутренняя ошибка сервера', 'internal-error'],
  ],
  'Latin letters': [
    ['Token inválido', 'auth-invalid'],
    ['Sala no encontrada', 'not-found'],
    ['Muitas mensagens em pouco tempo', 'rate-limit'],
    ['Accès refusé', 'forbidden'],
    ['Jeton expiré', 'auth-expired'],
    ['Anmeldung erforderlich', 'auth-missing'],
    ['Ungültige Nachricht', 'message-malformed'],
    ['Nieprawidłowy token', 'auth-invalid'],
    ['Çok fazla istek', 'rate-limit'],
    ['Token không hợp lệ', 'auth-invalid'],
    ['Phòng không tồn tại', 'not-found'],
    ['Akses ditolak', 'forbidden'],
  ],
};

for (const [name, table] of Object.entries(TABLES)) {
  describe(name, () => {
    test.each(table)('“%s” → %s', (reason, cause) => {
      expect(bestOf(reason)).toBe(cause);
    });
  });
}

describe('words over codes', () => {
  test.each([
    [1011, 'You exceeded your current quota', 'quota-or-billing'],
    [1001, 'idle for 10 minutes', 'idle-timeout'],
    [1011, 'keepalive ping timeout', 'idle-timeout'],
    [1001, 'Your session hit the maximum duration of 60 minutes', 'session-expired'],
    [1007, 'API key expired', 'auth-expired'],
    [4401, 'Forbidden: not a member', 'forbidden'],
  ] as const)('%i “%s” → %s', (code, reason, cause) => {
    expect(bestOf(reason, code)).toBe(cause);
  });
});

test('“not expired” is not an expiry', () => {
  expect(bestOf('Token not expired yet')).not.toBe('auth-expired');
  expect(bestOf('session not expired')).not.toBe('session-expired');
});

describe('codes without words', () => {
  test.each([
    [1003, 'unsupported-feature-or-endpoint'],
    [1007, 'message-malformed'],
    [1009, 'message-too-large'],
    [1011, 'internal-error'],
    [1012, 'server-restart'],
    [1013, 'connection-limit'],
    [3003, 'forbidden'],
    [4404, 'not-found'],
    [4429, 'rate-limit'],
    [4999, 'unknown'],
  ] as const)('%i → %s', (code, cause) => {
    expect(bestOf('', code)).toBe(cause);
  });
});
