// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import dev.steward.domain.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Links by which a person at the server's own terminal logs in without typing a token. Each works
/// once and for a quarter of an hour.
public final class OneTimeLogins {
  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final int OPEN_MAX = 16;

  private final InstantSource clock;
  private final Supplier<String> secrets;
  private final Map<String, Link> byDigest = new HashMap<>();

  private record Link(String token, Instant until) {}

  /// @param secrets gives unguessable texts
  public OneTimeLogins(InstantSource clock, Supplier<String> secrets) {
    this.clock = clock;
    this.secrets = secrets;
  }

  /// A code for the token of that id.
  public synchronized String issue(String token) {
    Instant now = clock.instant();
    byDigest.values().removeIf(link -> link.until().isBefore(now));
    if (byDigest.size() >= OPEN_MAX) {
      throw new IllegalStateException("more than " + OPEN_MAX + " links are open");
    }
    String code = secrets.get();
    byDigest.put(Digest.of(code).hex(), new Link(token, now.plus(LIFETIME)));
    return code;
  }

  /// The id of the token that the code stands for; it stands for nothing after that.
  public synchronized Optional<String> take(String code) {
    return Optional.ofNullable(byDigest.remove(Digest.of(code).hex()))
        .filter(link -> link.until().isAfter(clock.instant()))
        .map(Link::token);
  }
}
