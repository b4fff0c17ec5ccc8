// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.gate;

import dev.steward.server.access.Authenticator;
import dev.steward.server.access.Caller;
import dev.steward.server.access.Credentials;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Route;
import java.util.Locale;
import java.util.Optional;

/// Finds the token, the session cookie and the form's proof in a request.
public final class SessionGate implements Gate {
  /// Name of the cookie that holds a session's secret.
  public static final String COOKIE = "steward-session";

  private static final String CSRF_HEADER = "x-csrf-token";
  private static final String BEARER = "bearer ";

  private final Authenticator authenticator;

  public SessionGate(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  @Override
  public Optional<Caller> admit(Exchange exchange, Route route) {
    return route.need().proof() ? proven(exchange, route.changes()) : Optional.empty();
  }

  /// The caller of a route that proves its caller by itself, empty when nothing is shown.
  ///
  /// @param changes whether the request may change something
  public Optional<Caller> proven(Exchange exchange, boolean changes) {
    Optional<String> bearer =
        exchange
            .header("Authorization")
            .filter(a -> a.toLowerCase(Locale.ROOT).startsWith(BEARER))
            .map(a -> a.substring(BEARER.length()).strip());
    Optional<String> cookie = Optional.ofNullable(exchange.cookies().get(COOKIE));
    boolean byCookie = bearer.isEmpty() && cookie.isPresent();
    return authenticator.authenticate(
        new Credentials(
            bearer,
            cookie,
            byCookie && changes ? csrf(exchange) : Optional.empty(),
            changes,
            exchange.remoteAddress()));
  }

  private static Optional<String> csrf(Exchange exchange) {
    return exchange.header(CSRF_HEADER).or(() -> Optional.ofNullable(exchange.form().get("csrf")));
  }
}
