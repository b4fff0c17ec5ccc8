// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import dev.steward.domain.Digest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The browsers that are logged in. Kept in memory: a restart logs everybody out.
public final class Sessions {
  private static final int MAX = 10_000;

  private final Duration lifetime;
  private final InstantSource clock;
  private final Supplier<String> secrets;

  /// Least recently used first.
  private final Map<String, Session> byDigest = new LinkedHashMap<>(64, 0.75f, true);

  /// @param lifetime how long one lasts without use
  /// @param secrets gives unguessable texts
  public Sessions(Duration lifetime, InstantSource clock, Supplier<String> secrets) {
    this.lifetime = lifetime;
    this.clock = clock;
    this.secrets = secrets;
  }

  /// Opens a session and gives the secret for its cookie. The one least recently used goes when
  /// there are too many.
  public synchronized String open(String token) {
    String secret = secrets.get();
    String digest = Digest.of(secret).hex();
    byDigest.put(digest, new Session(digest, token, secrets.get(), clock.instant()));
    Iterator<String> oldest = byDigest.keySet().iterator();
    while (byDigest.size() > MAX) {
      oldest.next();
      oldest.remove();
    }
    return secret;
  }

  /// The session of a cookie, while it lasts.
  public synchronized Optional<Session> find(String secret) {
    String digest = Digest.of(secret).hex();
    Session session = byDigest.get(digest);
    if (session == null) {
      return Optional.empty();
    }
    if (session.lastUsed().plus(lifetime).isBefore(clock.instant())) {
      byDigest.remove(digest);
      return Optional.empty();
    }
    Session used = session.usedAt(clock.instant());
    byDigest.put(digest, used);
    return Optional.of(used);
  }

  public synchronized void close(Session session) {
    byDigest.remove(session.digest());
  }
}
