// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import dev.steward.domain.Digest;

/// What a verifier found.
public sealed interface VerifyResult {

  /// Everything fits.
  ///
  /// @param size entries, all of which have the hashes that the tiles and the root say
  /// @param signedSize how many of them the last checkpoint covers
  /// @param root of all entries
  /// @param blobs bodies, all of which have the bytes that their digests say
  record Verified(long size, long signedSize, Digest root, long checkpoints, long blobs)
      implements VerifyResult {}

  /// Something does not fit.
  ///
  /// @param index of the first bad entry, -1 where no single entry can be named
  /// @param what is wrong, in words
  /// @param remedy what to do about it
  record Broken(long index, String what, String remedy) implements VerifyResult {}
}
