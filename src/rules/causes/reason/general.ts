import { type Concept, THINGS } from './concepts.ts';

/** A clause that only announces what the rest of a reason tells. */
interface General {
  readonly clauses: ReadonlySet<string>;
  /** What it still says beside the rest. */
  readonly lean?: Concept;
  /** It gives way only where the rest speaks of one of these; else to anything. */
  readonly to?: readonly Concept[];
  /** Only before the rest: "token check failed: connection refused" tells what failed. */
  readonly leading?: true;
}

function clauses(...all: readonly string[]): ReadonlySet<string> {
  return new Set(all);
}

/** "Bad request: rate limit exceeded" is a rate limit, "Error: room not found" a missing room. */
const GENERALS: readonly General[] = [
  {
    clauses: clauses(
      'closed',
      'closing',
      'closing connection',
      'closing the connection',
      'closing socket',
      'closing websocket',
      'connection closed',
      'connection closed by server',
      'connection is closing',
      'connection is being closed',
      'connection terminated',
      'connection will be closed',
      'disconnected',
      'disconnecting',
      'bye',
      'goodbye',
      'connection closing',
      'terminating connection',
      'dropping connection',
      'verbindung wird geschlossen',
      'verbindung geschlossen',
      'verbindung wird beendet',
      'verbindung beendet',
      'verbindung wird getrennt',
      'verbinding gesloten',
      'conexion cerrada',
      'cerrando conexion',
      'cerrando la conexion',
      'conexao encerrada',
      'conexao fechada',
      'encerrando conexao',
      'connexion fermee',
      'fermeture de la connexion',
      'connessione chiusa',
      'polaczenie zamkniete',
      'baglanti kapatildi',
      'baglanti kapatiliyor',
      'соединение закрыто',
      'соединение будет закрыто',
      'соединение закрывается',
      'закрытие соединения',
      '连接将关闭',
      '连接已关闭',
      '连接关闭',
      '关闭连接',
      '断开连接',
      '连接断开',
      '连接已断开',
      '連線已關閉',
      '连接即将关闭',
      '接続を終了します',
      '接続を切断します',
      '연결을 종료합니다',
      '연결이 종료됩니다',
    ),
  },
  {
    clauses: clauses(
      'bad request',
      'bad message',
      'bad input',
      'client error',
      'invalid argument',
      'invalid command',
      'invalid data',
      'invalid frame',
      'invalid input',
      'invalid message',
      'invalid parameters',
      'invalid params',
      'invalid payload',
      'invalid request',
      'malformed request',
      'request error',
      'validation error',
      'validation failed',
    ),
    lean: 'bad-request',
  },
  {
    clauses: clauses(
      'connect failed',
      'connection denied',
      'connection error',
      'connection failed',
      'connection refused',
      'connection rejected',
      'error',
      'failed',
      'failed precondition',
      'policy violation',
      'refused',
      'rejected',
      'request denied',
      'request failed',
      'request rejected',
      'websocket error',
      'ws error',
    ),
    leading: true,
  },
  {
    clauses: clauses(
      'auth error',
      'verification failed',
      'unauthorized',
      'unauthenticated',
      'token verification failed',
      'token verification error',
      'token validation failed',
      'token check failed',
      'jwt verification failed',
      'jwt error',
      'forbidden',
      'access denied',
      'auth failed',
      'authentication error',
      'authentication failed',
      'invalid credentials',
      'invalid token',
      'lifetime validation failed',
      'token error',
      'token invalid',
    ),
    to: ['expired', 'revoked', 'too-many', 'rate-limited'],
  },
];

/** What tells no state of its own. */
const SAYS_NOTHING: ReadonlySet<Concept> = new Set(['error', 'no', 'not', 'retry-later']);
/** What tells something only of a thing: "Bad request: failed" is no more than the request. */
const SAYS_OF_THINGS: ReadonlySet<Concept> = new Set([
  'failed',
  'invalid',
  'required',
  'unknown-thing',
]);

/** `leading`: the clause is the first, or its place tells nothing (JSON). */
export function generalClause(clause: string, leading: boolean): General | undefined {
  const text = clause.replace(/^\d+ /, '');
  const named = text.replace(/ (?:error|exception)$/, '');
  return GENERALS.find(
    (each) =>
      (each.clauses.has(text) || each.clauses.has(named)) && (leading || each.leading !== true),
  );
}

/** Whether a general clause gives way to what else a reason speaks of. */
export function givesWay(general: General, rest: Iterable<Concept>): boolean {
  const concepts = [...rest];
  const { to } = general;
  if (to !== undefined) return concepts.some((concept) => to.includes(concept));
  const ofThings = concepts.some((concept) => THINGS.has(concept));
  return concepts.some(
    (concept) =>
      !THINGS.has(concept) &&
      !SAYS_NOTHING.has(concept) &&
      (ofThings || !SAYS_OF_THINGS.has(concept)),
  );
}
