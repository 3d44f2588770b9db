import type { CauseId } from '../../types.ts';

/** One line of a product's published table of closes. */
export interface ProductClose {
  readonly code: number;
  /** Tested against the reason as sent; absent: the code alone means it. */
  readonly reason?: RegExp;
  readonly cause: CauseId;
}

/** What a product's makers say about its closes. Data: no behaviour. */
export interface ProductTable {
  /** The product's own name. */
  readonly product: string;
  /** Where it is written, for whoever checks or extends it. */
  readonly source: string;
  /** Recognises the product's sockets; any one suffices. */
  readonly url?: RegExp;
  readonly subprotocol?: RegExp;
  /** Reasons alone give the product away: code and reason are enough without url or subprotocol. */
  readonly selfEvident?: true;
  readonly closes: readonly ProductClose[];
}
