// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import java.time.Instant;

/// One browser's login.
///
/// @param digest of the secret in its cookie; the secret itself is kept nowhere
/// @param token id of the token it was opened with: when that is revoked, the session is over
/// @param csrf to be sent with every change
public record Session(String digest, String token, String csrf, Instant lastUsed) {
  Session usedAt(Instant now) {
    return new Session(digest, token, csrf, now);
  }
}
